namespace Rowhouse.Hosting;

/// <summary>One entry of a zip archive, as its directory describes it.</summary>
/// <param name="Name">The path with forward slashes; a folder's ends with one.</param>
/// <param name="Flags">The general purpose flags of the zip format.</param>
/// <param name="Method">How the entry is packed.</param>
/// <param name="Crc">The CRC-32 of the unpacked bytes.</param>
/// <param name="PackedBytes">The size in the archive.</param>
/// <param name="Bytes">The announced size, unpacked.</param>
/// <param name="UnixMode">The upper half of the external attributes; 0 if the archive comes from Windows.</param>
/// <param name="Offset">Where the entry's local header starts.</param>
/// <param name="DataOffset">Where its packed bytes start.</param>
internal sealed record ZipEntry(
    string Name, int Flags, int Method, uint Crc, long PackedBytes, long Bytes, int UnixMode, long Offset, long DataOffset)
{
    public const int Stored = 0;
    public const int Deflated = 8;

    public bool IsFolder => Name.EndsWith('/');

    public bool IsEncrypted => (Flags & 0x2041) != 0;

    /// <summary>Whether CRC and sizes follow the data instead of standing in the local header.</summary>
    public bool HasDescriptor => (Flags & 0x0008) != 0;
}
