using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Rowhouse.Sessions;

/// <summary>
/// A record as bytes, without its key: version, flags, checksum of all else, then what the flags announce. Numbers are little-endian, times are
/// ticks in UTC, a text or value comes after its length. docs/reference/session-stores.md has the layout.
/// </summary>
internal static class SessionCodec
{
    /// <summary>So many bytes at the beginning are all that <see cref="TryReadHeader"/> needs.</summary>
    public const int HeaderSize = ContentAt + (2 * sizeof(long));

    private const byte Version = 1;
    private const int ChecksumAt = 2;
    private const int ContentAt = 6;

    // Created, IdleTimeout.
    private const int Numbers = 2 * sizeof(long);

    /// <summary>The record as bytes.</summary>
    public static byte[] Write(SessionRecord record)
    {
        var flags = FlagsOf(record);
        var bytes = new byte[HeaderSize + (record.Session is { } stored ? SizeOf(stored) : RecordWriter.SizeOf(record.Successor.ToString()!))];
        var writer = new RecordWriter(bytes.AsSpan(ContentAt));
        writer.Write(record.Expires.UtcTicks);
        writer.Write((record.Session?.Modified ?? record.Expires).UtcTicks);
        if (record.Session is { } session)
        {
            Write(ref writer, session);
        }
        else
        {
            writer.Write(record.Successor.ToString()!);
        }

        (bytes[0], bytes[1]) = (Version, (byte)flags);
        Seal(bytes);
        return bytes;
    }

    /// <summary>Puts in the checksum of all else.</summary>
    public static void Seal(Span<byte> bytes) => BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], Checksum(bytes));

    /// <summary>Reads a record.</summary>
    /// <returns>Whether it is one, and whole.</returns>
    public static bool TryRead(SessionKey key, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SessionRecord? record)
    {
        record = null;
        if (!TryReadHeader(bytes, out var header) || BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) != Checksum(bytes))
        {
            return false;
        }

        var reader = new RecordReader(bytes[HeaderSize..]);
        if (header.IsSession)
        {
            record = SessionRecord.Of(ReadSession(ref reader, key, header));
        }
        else if (SessionKey.TryParse(reader.ReadText(), out var successor))
        {
            record = SessionRecord.Leading(successor, header.Expires);
        }

        record = reader.IsWhole ? record : null;
        return record is not null;
    }

    /// <summary>Reads what stands at the beginning. Whether the rest is whole is not looked at.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, out RecordHeader header)
    {
        header = default;
        if (bytes.Length < HeaderSize || bytes[0] != Version || bytes[1] > (byte)RecordFlags.All)
        {
            return false;
        }

        var reader = new RecordReader(bytes[ContentAt..HeaderSize]);
        var expires = reader.ReadTime();
        header = new RecordHeader(reader.ReadTime(), expires, (RecordFlags)bytes[1]);
        return reader.IsWhole;
    }

    /// <summary>Whether it looks like a record of a version that is yet to come, which a newer node may have written.</summary>
    public static bool IsNewer(ReadOnlySpan<byte> bytes) => bytes.Length >= HeaderSize && bytes[0] > Version;

    private static RecordFlags FlagsOf(SessionRecord record) => record.Session is not { } session
        ? RecordFlags.Successor
        : (session.End is null ? 0 : RecordFlags.End)
            | (session.HasOwnTimeout ? RecordFlags.OwnTimeout : 0)
            | (session.User is null ? 0 : RecordFlags.User)
            | (session.ClientAddress is null ? 0 : RecordFlags.ClientAddress);

    private static int SizeOf(StoredSession session)
    {
        var size = Numbers + (session.End is null ? 0 : sizeof(long)) + RecordWriter.SizeOf(session.Values.Count) - session.Values.Count;
        size += session.User is null ? 0 : RecordWriter.SizeOf(session.User);
        size += session.ClientAddress is null ? 0 : RecordWriter.SizeOf(session.ClientAddress);
        foreach (var (name, value) in session.Values)
        {
            size = checked(size + RecordWriter.SizeOf(name) + RecordWriter.SizeOf(value.Length));
        }

        return size;
    }

    private static void Write(ref RecordWriter writer, StoredSession session)
    {
        writer.Write(session.Created.UtcTicks);
        writer.Write(session.IdleTimeout.Ticks);
        if (session.End is { } end)
        {
            writer.Write(end.UtcTicks);
        }

        if (session.User is not null)
        {
            writer.Write(session.User);
        }

        if (session.ClientAddress is not null)
        {
            writer.Write(session.ClientAddress);
        }

        writer.WriteCount(session.Values.Count);
        foreach (var (name, value) in session.Values)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }

    private static StoredSession ReadSession(ref RecordReader reader, SessionKey key, RecordHeader header) => new()
    {
        Key = key,
        Modified = header.Modified,
        Expires = header.Expires,
        Created = reader.ReadTime(),
        IdleTimeout = TimeSpan.FromTicks(reader.ReadNumber()),
        End = header.Flags.HasFlag(RecordFlags.End) ? reader.ReadTime() : null,
        HasOwnTimeout = header.Flags.HasFlag(RecordFlags.OwnTimeout),
        User = header.Flags.HasFlag(RecordFlags.User) ? reader.ReadText() : null,
        ClientAddress = header.Flags.HasFlag(RecordFlags.ClientAddress) ? reader.ReadText() : null,
        Values = ReadValues(ref reader),
    };

    // A value takes at least the lengths of its name and of itself.
    private static Dictionary<string, byte[]> ReadValues(ref RecordReader reader)
    {
        var count = reader.ReadCount(2);
        var values = new Dictionary<string, byte[]>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            values[reader.ReadText()] = reader.ReadValue();
        }

        return values;
    }

    // CRC-32C (RFC 3720, appendix B.4), by the processor.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, BinaryPrimitives.ReadUInt16LittleEndian(bytes));
        var rest = bytes[ContentAt..];
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(rest));
        }

        foreach (var value in rest)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
