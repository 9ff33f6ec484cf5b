namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>The record as bytes, which come from outside.</summary>
public sealed class SessionCodecTests
{
    private static readonly SessionKey Key = SessionKey.Of("abc");
    private static readonly DateTimeOffset Now = new(2026, 7, 27, 12, 0, 0, TimeSpan.Zero);

    private static readonly SessionRecord Session = SessionRecord.Of(new StoredSession
    {
        Key = Key,
        Created = Now,
        Modified = Now + TimeSpan.FromTicks(1),
        Expires = Now + TimeSpan.FromMinutes(20),
        End = Now + TimeSpan.FromHours(8),
        IdleTimeout = TimeSpan.FromMinutes(20),
        HasOwnTimeout = true,
        User = "ada",
        ClientAddress = "192.0.2.1",
        Values = new Dictionary<string, byte[]> { ["cart"] = new byte[300], [""] = [] },
    });

    public static TheoryData<string> Records => ["session", "pointer", "bare"];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_is_read_as_it_was_written(string kind)
    {
        var record = Record(kind);

        Assert.True(SessionCodec.TryRead(Key, SessionCodec.Write(record), out var read));

        Assert.Equal((record.Successor, record.Expires), (read.Successor, read.Expires));
        Assert.Equal(record.Session?.Values, read.Session?.Values);
        Assert.Equal(record.Session, read.Session is null ? null : read.Session with { Values = record.Session!.Values });
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void No_beginning_of_a_record_is_one_and_neither_is_one_with_a_bit_changed_or_something_behind_it(string kind)
    {
        var bytes = SessionCodec.Write(Record(kind));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(SessionCodec.TryRead(Key, bytes.AsSpan(0, length), out _), $"{length} bytes");
        }

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(SessionCodec.TryRead(Key, changed, out _), $"bit {bit}");
        }

        Assert.False(SessionCodec.TryRead(Key, [.. bytes, 0], out _));
    }

    [Fact]
    public void A_length_that_lies_is_found_before_memory_is_taken_for_it()
    {
        // Each number in turn, with a checksum that is right, as somebody would write who means harm.
        var bytes = SessionCodec.Write(Session);
        for (var at = SessionCodec.HeaderSize; at < bytes.Length - 4; at++)
        {
            byte[] changed = [.. bytes[..at], 0xFF, 0xFF, 0xFF, 0xFF, 0x07, .. bytes[at..]];
            SessionCodec.Seal(changed);
            var before = GC.GetAllocatedBytesForCurrentThread();
            SessionCodec.TryRead(Key, changed, out _);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        }
    }

    [Fact]
    public void The_header_tells_what_is_trash()
    {
        Assert.True(SessionCodec.TryReadHeader(SessionCodec.Write(Session).AsSpan(0, SessionCodec.HeaderSize), out var header));
        Assert.Equal((Session.Session!.Modified, Session.Expires, true), (header.Modified, header.Expires, header.IsSession));
        Assert.False(header.IsTrash(new SessionTrash { Now = Now, Expiration = TimeSpan.FromTicks(-2) }));
        Assert.True(header.IsTrash(new SessionTrash { Now = Now, Expiration = TimeSpan.FromTicks(-2), IsForced = true }));
        Assert.True(header.IsTrash(new SessionTrash { Now = Session.Expires }));
        Assert.True(SessionCodec.TryReadHeader(SessionCodec.Write(Record("pointer")), out var pointer));
        Assert.False(pointer.IsTrash(new SessionTrash { Now = Now, Expiration = TimeSpan.Zero, IsForced = true }));
    }

    private static SessionRecord Record(string kind) => kind switch
    {
        "session" => Session,
        "pointer" => SessionRecord.LeadingTo(SessionKey.Of("next"), Now),
        _ => SessionRecord.Of(Session.Session! with { End = null, HasOwnTimeout = false, User = null, ClientAddress = null, Values = new Dictionary<string, byte[]>() }),
    };
}
