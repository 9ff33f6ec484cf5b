using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Rowhouse.Hosting.Tests;

/// <summary>An entry of which every field can lie.</summary>
internal sealed record RawZipEntry
{
    public RawZipEntry(string name, byte[] content)
    {
        Name = name;
        NameBytes = Encoding.UTF8.GetBytes(name);
        Content = content;
        Packed = content;
        Crc = Crc32.HashToUInt32(content);
        Bytes = (uint)content.Length;
    }

    public RawZipEntry(string name, string content)
        : this(name, Encoding.UTF8.GetBytes(content))
    {
    }

    public string Name { get; }

    public byte[] NameBytes { get; init; }

    public byte[]? LocalNameBytes { get; init; }

    public byte[] Content { get; }

    public byte[] Packed { get; init; }

    public ushort Flags { get; init; } = 0x0800;

    public ushort Method { get; init; }

    public uint Crc { get; init; }

    public uint Bytes { get; init; }

    public uint? PackedBytes { get; init; }

    /// <summary>Type and permissions as <c>st_mode</c> has them.</summary>
    public int UnixMode { get; init; }

    /// <summary>Points the directory at the local header of an earlier entry.</summary>
    public int? SharesWith { get; init; }

    public static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    public static RawZipEntry Deflated(string name, byte[] content) => new(name, content) { Method = 8, Packed = Deflate(content) };
}
