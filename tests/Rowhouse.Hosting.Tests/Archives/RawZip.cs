namespace Rowhouse.Hosting.Tests;

/// <summary>Writes zip archives byte by byte, wrong ones above all.</summary>
internal sealed record RawZip(RawZipEntry[] Entries)
{
    public ushort? Count { get; init; }

    public uint? DirectoryOffset { get; init; }

    public ushort Disk { get; init; }

    public byte[] Comment { get; init; } = [];

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var offsets = new List<long>();
        foreach (var entry in Entries)
        {
            offsets.Add(entry.SharesWith is { } other ? offsets[other] : stream.Position);
            if (entry.SharesWith is null)
            {
                WriteLocal(writer, entry);
            }
        }

        var start = stream.Position;
        foreach (var (entry, offset) in Entries.Zip(offsets))
        {
            WriteHeader(writer, entry, (uint)offset);
        }

        var length = stream.Position - start;
        writer.Write(0x06054B50u);
        writer.Write(Disk);
        writer.Write(Disk);
        writer.Write(Count ?? (ushort)Entries.Length);
        writer.Write(Count ?? (ushort)Entries.Length);
        writer.Write((uint)length);
        writer.Write(DirectoryOffset ?? (uint)start);
        writer.Write((ushort)Comment.Length);
        writer.Write(Comment);
        writer.Flush();
        return stream.ToArray();
    }

    private static void WriteLocal(BinaryWriter writer, RawZipEntry entry)
    {
        var name = entry.LocalNameBytes ?? entry.NameBytes;
        writer.Write(0x04034B50u);
        writer.Write((ushort)20);
        WriteCommon(writer, entry, name);
        writer.Write(name);
        writer.Write(entry.Packed);
    }

    private static void WriteHeader(BinaryWriter writer, RawZipEntry entry, uint offset)
    {
        writer.Write(0x02014B50u);
        writer.Write((ushort)0x0314);
        writer.Write((ushort)20);
        WriteCommon(writer, entry, entry.NameBytes);
        writer.Write((ushort)0); // comment
        writer.Write((ushort)0); // disk
        writer.Write((ushort)0); // internal attributes
        writer.Write((uint)entry.UnixMode << 16);
        writer.Write(offset);
        writer.Write(entry.NameBytes);
    }

    private static void WriteCommon(BinaryWriter writer, RawZipEntry entry, byte[] name)
    {
        writer.Write(entry.Flags);
        writer.Write(entry.Method);
        writer.Write(0x00210000u);
        writer.Write(entry.Crc);
        writer.Write(entry.PackedBytes ?? (uint)entry.Packed.Length);
        writer.Write(entry.Bytes);
        writer.Write((ushort)name.Length);
        writer.Write((ushort)0); // extra fields
    }
}
