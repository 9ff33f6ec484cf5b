using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Rowhouse.Hosting;

/// <summary>
/// Reads the directory of a zip archive more strictly than general libraries do: each length is bounded before anything is
/// allocated, the directory and the local headers must agree, and no two entries may share bytes, as some zip bombs do
/// (https://www.bamsoftware.com/hacks/zipbomb/). The format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT.
/// </summary>
internal static class ZipDirectory
{
    private const int EndRecordBytes = 22;
    private const int HeaderBytes = 46;
    private const int LocalHeaderBytes = 30;
    private const int MaxCommentBytes = ushort.MaxValue;

    // Our own headers have 46 bytes and a name of at most 240; other tools add some extra fields.
    private const int MaxHeaderBytesPerEntry = 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IReadOnlyList<ZipEntry> Read(SafeFileHandle file, string archive, ArchiveLimits limits)
    {
        var (count, start, length) = ReadEndRecord(file, archive);
        ArchiveRules.CheckCount(archive, count, limits);
        if (length > (long)count * MaxHeaderBytesPerEntry)
        {
            throw HostingErrors.NotAnArchive(archive, $"its directory has {length} bytes, too many for {count} entries");
        }

        var directory = new byte[length];
        ReadExactly(file, directory, start, archive);
        var entries = ReadHeaders(directory, start, count, archive)
            .Select(entry => ReadLocalHeader(file, entry, start, archive))
            .ToList();

        CheckNoOverlap(entries, start, archive);
        return entries;
    }

    private static (int Count, long Start, int Length) ReadEndRecord(SafeFileHandle file, string archive)
    {
        var fileLength = RandomAccess.GetLength(file);
        var tail = new byte[Math.Min(fileLength, EndRecordBytes + MaxCommentBytes)];
        ReadExactly(file, tail, fileLength - tail.Length, archive);
        var at = FindEndRecord(tail);
        if (at < 0)
        {
            throw HostingErrors.NotAnArchive(archive, $"no zip directory ends its {fileLength} bytes");
        }

        var record = tail.AsSpan(at);
        var count = U16(record, 10);
        var length = U32(record, 12);
        var start = U32(record, 16);
        if (count == ushort.MaxValue || length == uint.MaxValue || start == uint.MaxValue)
        {
            throw HostingErrors.NotAnArchive(archive, "it is a zip64 archive, which is for sizes that no archive of an app has");
        }

        if (U16(record, 4) != 0 || U16(record, 6) != 0 || U16(record, 8) != count)
        {
            throw HostingErrors.NotAnArchive(archive, "it is one part of a split archive");
        }

        var end = fileLength - tail.Length + at;
        return start + (long)length == end
            ? (count, start, checked((int)Math.Min(length, int.MaxValue)))
            : throw HostingErrors.NotAnArchive(archive, $"its directory should lie between offset {start} and {start + (long)length}, but ends at {end}");
    }

    private static int FindEndRecord(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.Length - EndRecordBytes; at >= 0; at--)
        {
            if (U32(tail, at) == 0x06054B50 && U16(tail, at + 20) == tail.Length - EndRecordBytes - at)
            {
                return at;
            }
        }

        return -1;
    }

    private static List<ZipEntry> ReadHeaders(ReadOnlySpan<byte> directory, long start, int count, string archive)
    {
        var entries = new List<ZipEntry>(count);
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var rest = directory[at..];
            if (rest.Length < HeaderBytes || U32(rest, 0) != 0x02014B50)
            {
                throw HostingErrors.NotAnArchive(archive, $"there is no directory header at offset {start + at}");
            }

            var nameBytes = U16(rest, 28);
            var size = HeaderBytes + nameBytes + U16(rest, 30) + U16(rest, 32);
            if (rest.Length < size)
            {
                throw HostingErrors.NotAnArchive(archive, $"the directory header at offset {start + at} is cut off");
            }

            entries.Add(ReadHeader(rest, DecodeName(rest.Slice(HeaderBytes, nameBytes), archive), archive));
            at += size;
        }

        return at == directory.Length
            ? entries
            : throw HostingErrors.NotAnArchive(archive, $"its directory has {directory.Length - at} bytes more than its {count} entries need");
    }

    private static ZipEntry ReadHeader(ReadOnlySpan<byte> header, string name, string archive)
    {
        var entry = new ZipEntry(
            name, U16(header, 8), U16(header, 10), U32(header, 16), U32(header, 20), U32(header, 24), U16(header, 40), U32(header, 42), DataOffset: 0);

        return entry is { PackedBytes: < uint.MaxValue, Bytes: < uint.MaxValue, Offset: < uint.MaxValue } && U16(header, 34) == 0
            ? entry
            : throw HostingErrors.NotAnArchive(archive, $"'{ArchiveNames.Show(name)}' is a zip64 entry or in another part of a split archive");
    }

    private static ZipEntry ReadLocalHeader(SafeFileHandle file, ZipEntry entry, long directoryStart, string archive)
    {
        var nameBytes = StrictUtf8.GetByteCount(entry.Name);
        var header = new byte[LocalHeaderBytes + nameBytes];
        if (entry.Offset + header.Length > directoryStart)
        {
            throw HostingErrors.NotAnArchive(archive, $"'{ArchiveNames.Show(entry.Name)}' should start at offset {entry.Offset}, which is not before the directory");
        }

        ReadExactly(file, header, entry.Offset, archive);
        var sizesAgree = entry.HasDescriptor || (U32(header, 14) == entry.Crc && U32(header, 18) == entry.PackedBytes && U32(header, 22) == entry.Bytes);
        if (U32(header, 0) != 0x04034B50
            || U16(header, 6) != entry.Flags
            || U16(header, 8) != entry.Method
            || U16(header, 26) != nameBytes
            || !sizesAgree
            || !header.AsSpan(LocalHeaderBytes).SequenceEqual(StrictUtf8.GetBytes(entry.Name)))
        {
            throw HostingErrors.NotAnArchive(archive, $"the header at offset {entry.Offset} and the directory disagree about '{ArchiveNames.Show(entry.Name)}'");
        }

        if ((entry.Method == ZipEntry.Stored || entry.IsFolder) && entry.PackedBytes != entry.Bytes && !entry.IsEncrypted)
        {
            throw HostingErrors.EntryDamaged(archive, ArchiveNames.Show(entry.Name), $"it is stored as it is, yet has {entry.PackedBytes} bytes packed and {entry.Bytes} unpacked");
        }

        return entry with { DataOffset = entry.Offset + header.Length + U16(header, 28) };
    }

    private static void CheckNoOverlap(IEnumerable<ZipEntry> entries, long directoryStart, string archive)
    {
        var end = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Offset))
        {
            if (entry.Offset < end)
            {
                throw HostingErrors.NotAnArchive(archive, $"'{ArchiveNames.Show(entry.Name)}' shares bytes with another entry, as zip bombs do");
            }

            end = entry.DataOffset + entry.PackedBytes;
        }

        if (end > directoryStart)
        {
            throw HostingErrors.NotAnArchive(archive, $"its last entry ends at offset {end}, behind the start of the directory");
        }
    }

    private static string DecodeName(ReadOnlySpan<byte> name, string archive)
    {
        try
        {
            return StrictUtf8.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            throw HostingErrors.UnsafeEntryName(archive, ArchiveNames.Show(Encoding.Latin1.GetString(name)), "has a name that is not UTF-8");
        }
    }

    private static void ReadExactly(SafeFileHandle file, Span<byte> buffer, long offset, string archive)
    {
        while (buffer.Length > 0)
        {
            var read = RandomAccess.Read(file, buffer, offset);
            if (read == 0)
            {
                throw HostingErrors.NotAnArchive(archive, $"it ends at offset {offset}");
            }

            buffer = buffer[read..];
            offset += read;
        }
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
