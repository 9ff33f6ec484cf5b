using System.Buffers;
using System.Text;
using Rowhouse.Backends.Memcached;

namespace Rowhouse.Backends.Tests.Memcached;

public sealed class MetaReplyReaderTests
{
    private const int MaxValue = 1000;

    public static TheoryData<string> Answers =>
    [
        "HD\r\n", "HD \r\n", "HD c17 O4\r\n", "EN\r\n", "EN O4294967295\r\n", "NF O1\r\n", "NS O1\r\n", "EX O1\r\n", "MN\r\n", "OK\r\n", "END\r\n",
        "VA 0 O1\r\n\r\n", "VA 5 f7 t60 c18446744073709551615 h0 l3 O2\r\nhello\r\n", "VA 2  t-1   W \r\n\r\n\r\n", "VA 4 Z X s4 kkey b\r\nVA 1\r\n",
        "VERSION 1.6.18\r\n", "STAT pid 17\r\n", "ERROR\r\n", "ERROR Too many open connections\r\n", "CLIENT_ERROR bad command line format\r\n", "SERVER_ERROR out of memory\r\n",
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_is_read_when_it_is_whole_and_at_no_prefix_of_it(string answer)
    {
        var bytes = Encoding.ASCII.GetBytes(answer);
        for (var length = 0; length < bytes.Length; length++)
        {
            var prefix = new ReadOnlySequence<byte>(bytes, 0, length);
            Assert.False(MetaReplyReader.TryRead(ref prefix, MaxValue, out _), $"after {length} bytes");
            Assert.Equal(length, prefix.Length);
        }

        var whole = new ReadOnlySequence<byte>([.. bytes, .. "HD O9\r\n"u8]);
        Assert.True(MetaReplyReader.TryRead(ref whole, MaxValue, out _));
        Assert.Equal("HD O9\r\n", Encoding.ASCII.GetString(whole.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_says_the_same_wherever_it_is_cut(string answer)
    {
        var bytes = Encoding.ASCII.GetBytes(answer);
        var expected = Read(new ReadOnlySequence<byte>(bytes));
        for (var at = 0; at <= bytes.Length; at++)
        {
            var found = Read(TwoSegments.Create(bytes.AsMemory(0, at), bytes.AsMemory(at)));

            Assert.Equal(expected with { Value = null }, found with { Value = null });
            Assert.Equal(expected.Value, found.Value);
        }
    }

    [Fact]
    public void Each_flag_is_read()
    {
        var reply = Read("VA 5 f7 t60 c18446744073709551615 h1 l3 W X Z O2 ?new\r\nhello\r\n");

        Assert.Equal(
            new MetaReply
            {
                Code = MetaCode.Value,
                ClientFlags = 7,
                TimeToLive = 60,
                Cas = ulong.MaxValue,
                WasHitBefore = true,
                SecondsSinceAccess = 3,
                HasWon = true,
                IsStale = true,
                IsWonByAnother = true,
                Opaque = 2,
            },
            reply with { Value = null });
        Assert.Equal("hello"u8, reply.Value!);
    }

    [Theory]
    [InlineData("\r\n", 0, "no code")]
    [InlineData(" HD\r\n", 0, "no code")]
    [InlineData("hd\r\n", 0, "no code")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", 0, "HTTP/1.1 400")]
    [InlineData("HD\n", 2, "CR LF")]
    [InlineData("VA\r\n", 2, "no length")]
    [InlineData("VA x\r\n", 2, "no length")]
    [InlineData("VA -1\r\n", 2, "no length")]
    [InlineData("VA 5x O1\r\n", 2, "no length")]
    [InlineData("VA 4294967296\r\n", 2, "no length")]
    [InlineData("VA 4294967295\r\n", 2, "MaxValueBytes")]
    [InlineData("VA 1001\r\n", 2, "MaxValueBytes")]
    [InlineData("VA 2 O1\r\nabcd", 11, "CR LF")]
    [InlineData("HD O\r\n", 2, "'O'")]
    [InlineData("HD c1 O-1\r\n", 5, "'O-1'")]
    [InlineData("HD O4294967296\r\n", 2, "'O4294967296'")]
    [InlineData("HD c18446744073709551616\r\n", 2, "'c1844")]
    [InlineData("HD h2\r\n", 2, "'h2'")]
    [InlineData("HD tx\r\n", 2, "'tx'")]
    [InlineData("HD W1\r\n", 2, "'W1'")]
    public void What_is_no_answer_is_refused_with_the_place(string text, long offset, string what)
    {
        var malformed = Assert.Throws<MalformedReplyException>(() => Read(text));

        Assert.Equal(offset, malformed.Offset);
        Assert.Contains(what, malformed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public void A_line_may_have_2048_bytes_and_a_longer_one_is_not_waited_for(int length, bool allowed)
    {
        var line = "STAT " + new string('x', length - 7) + "\r\n";

        if (allowed)
        {
            Assert.Equal(MetaCode.Statistic, Read(line).Code);
        }
        else
        {
            Assert.Throws<MalformedReplyException>(() => Read(line));
            Assert.Throws<MalformedReplyException>(() => Read(line[..2048]));
        }
    }

    [Fact]
    public void What_is_shown_of_garbage_is_one_short_line()
    {
        var malformed = Assert.Throws<MalformedReplyException>(() => Read("\x1b[31m\0" + new string('\xFF', 1500) + "\r\n"));

        Assert.DoesNotContain(malformed.Message, char.IsControl);
        Assert.InRange(malformed.Message.Length, 1, 300);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Garbage_is_an_answer_or_none_yet_or_refused_and_never_anything_else(int seed)
    {
        var random = new Random(seed);
        var pieces = Answers.Select(row => row.Data).Concat([" ", "\r", "\n", "O", "VA ", "99999999999", "-", "\0", "ÿ"]).ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(random.GetItems(pieces, random.Next(1, 5)));
            var bytes = Encoding.Latin1.GetBytes(text);
            for (var changes = random.Next(3); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var buffer = new ReadOnlySequence<byte>(bytes);
            try
            {
                while (MetaReplyReader.TryRead(ref buffer, MaxValue, out _))
                {
                }
            }
            catch (MalformedReplyException malformed)
            {
                Assert.InRange(malformed.Offset, 0, buffer.Length);
            }
        }
    }

    private static MetaReply Read(string text) => Read(new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(text)));

    private static MetaReply Read(ReadOnlySequence<byte> buffer)
    {
        Assert.True(MetaReplyReader.TryRead(ref buffer, MaxValue, out var reply));
        Assert.True(buffer.IsEmpty);
        return reply;
    }

    private sealed class TwoSegments : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Create(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
        {
            var end = new TwoSegments { Memory = second, RunningIndex = first.Length };
            var start = new TwoSegments { Memory = first, Next = end };
            return new ReadOnlySequence<byte>(start, 0, end, second.Length);
        }
    }
}
