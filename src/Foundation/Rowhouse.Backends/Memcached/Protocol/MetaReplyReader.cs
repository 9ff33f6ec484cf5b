using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Rowhouse.Backends.Memcached;

/// <summary>Reads answers from what has arrived so far. It keeps nothing between calls and trusts nothing that it reads.</summary>
internal static class MetaReplyReader
{
    /// <summary>memcached's own limit for a line it reads; the lines it sends are shorter.</summary>
    public const int MaxLineBytes = 2048;

    /// <summary>Takes one answer off the front of <paramref name="buffer"/>; false, and the buffer unchanged, if it is not all there.</summary>
    /// <exception cref="MalformedReplyException">It is no answer, whatever may follow.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, int maxValueBytes, out MetaReply reply)
    {
        reply = default;
        var head = new SequenceReader<byte>(buffer.Slice(0, Math.Min(buffer.Length, MaxLineBytes)));
        if (!head.TryReadTo(out ReadOnlySpan<byte> line, (byte)'\n'))
        {
            return buffer.Length < MaxLineBytes
                ? false
                : throw new MalformedReplyException(MaxLineBytes, $"a line of more than {MaxLineBytes} bytes, which begins with '{Show(buffer.Slice(0, 40).ToArray())}'");
        }

        if (line is not [.., (byte)'\r'])
        {
            throw new MalformedReplyException(line.Length, $"a line that does not end with CR LF: '{Show(line)}'");
        }

        line = line[..^1];
        var code = ReadCode(line, out var next);
        var rest = buffer.Slice(head.Consumed);
        if (code == MetaCode.Value)
        {
            var length = ReadLength(line, ref next, maxValueBytes);
            if (rest.Length < length + 2)
            {
                return false;
            }

            reply = ReadFlags(line, next, code) with { Value = ReadValue(rest, length, head.Consumed) };
            rest = rest.Slice(length + 2);
        }
        else
        {
            reply = IsWords(code)
                ? new MetaReply { Code = code, Text = Show(line[next..]).Trim() }
                : ReadFlags(line, next, code);
        }

        buffer = rest;
        return true;
    }

    /// <summary>Bytes from outside as one short line of text.</summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.ASCII.GetString(bytes[..Math.Min(bytes.Length, 200)]);
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
    }

    private static bool IsWords(MetaCode code) =>
        (code & (MetaCode.AnyError | MetaCode.Version | MetaCode.Statistic)) != 0;

    private static MetaCode ReadCode(ReadOnlySpan<byte> line, out int next)
    {
        var end = line.IndexOf((byte)' ');
        next = end < 0 ? line.Length : end;
        var code = FindCode(line[..next]);
        return code != MetaCode.None
            ? code
            : throw new MalformedReplyException(0, $"'{Show(line)}' begins with no code of the meta protocol");
    }

    private static MetaCode FindCode(ReadOnlySpan<byte> word)
    {
        if (word.Length == 2)
        {
            return ((word[0] << 8) | word[1]) switch
            {
                ('H' << 8) | 'D' => MetaCode.Done,
                ('V' << 8) | 'A' => MetaCode.Value,
                ('E' << 8) | 'N' => MetaCode.Miss,
                ('N' << 8) | 'F' => MetaCode.NotFound,
                ('N' << 8) | 'S' => MetaCode.NotStored,
                ('E' << 8) | 'X' => MetaCode.Changed,
                ('M' << 8) | 'N' => MetaCode.NoOperation,
                ('O' << 8) | 'K' => MetaCode.Okay,
                _ => MetaCode.None,
            };
        }

        return word.SequenceEqual("VERSION"u8) ? MetaCode.Version
            : word.SequenceEqual("STAT"u8) ? MetaCode.Statistic
            : word.SequenceEqual("END"u8) ? MetaCode.End
            : word.SequenceEqual("ERROR"u8) ? MetaCode.Error
            : word.SequenceEqual("CLIENT_ERROR"u8) ? MetaCode.ClientError
            : word.SequenceEqual("SERVER_ERROR"u8) ? MetaCode.ServerError
            : MetaCode.None;
    }

    private static int ReadLength(ReadOnlySpan<byte> line, ref int next, int maxValueBytes)
    {
        var start = next;
        var token = NextToken(line, ref next);
        if (!TryParse(token, out uint length))
        {
            throw new MalformedReplyException(start, $"'{Show(line)}' has no length of a value");
        }

        return length <= maxValueBytes
            ? (int)length
            : throw new MalformedReplyException(start, $"a value of {length} bytes, and the limit is {maxValueBytes} (MaxValueBytes)");
    }

    private static byte[] ReadValue(ReadOnlySequence<byte> rest, int length, long offset)
    {
        Span<byte> end = stackalloc byte[2];
        rest.Slice(length, 2).CopyTo(end);
        return end.SequenceEqual("\r\n"u8)
            ? rest.Slice(0, length).ToArray()
            : throw new MalformedReplyException(offset + length, $"a value of {length} bytes that does not end with CR LF");
    }

    // Flags that were not asked for are passed over: a newer server may have more of them.
    private static MetaReply ReadFlags(ReadOnlySpan<byte> line, int next, MetaCode code)
    {
        var reply = new MetaReply { Code = code };
        while (true)
        {
            var start = next;
            var token = NextToken(line, ref next);
            if (token.IsEmpty)
            {
                return reply;
            }

            reply = ReadFlag(reply, token[0], token[1..])
                ?? throw new MalformedReplyException(start, $"the flag '{Show(token)}' in '{Show(line)}'");
        }
    }

    private static MetaReply? ReadFlag(in MetaReply reply, byte name, ReadOnlySpan<byte> text) => (char)name switch
    {
        'O' => TryParse(text, out uint opaque) ? reply with { Opaque = opaque } : null,
        'c' => TryParse(text, out ulong cas) ? reply with { Cas = cas } : null,
        'f' => TryParse(text, out uint flags) ? reply with { ClientFlags = flags } : null,
        't' => TryParse(text, out long left) ? reply with { TimeToLive = left } : null,
        'h' => TryParse(text, out uint hit) && hit <= 1 ? reply with { WasHitBefore = hit == 1 } : null,
        'l' => TryParse(text, out uint idle) ? reply with { SecondsSinceAccess = idle } : null,
        'W' => text.IsEmpty ? reply with { HasWon = true } : null,
        'X' => text.IsEmpty ? reply with { IsStale = true } : null,
        'Z' => text.IsEmpty ? reply with { IsWonByAnother = true } : null,
        _ => reply,
    };

    private static ReadOnlySpan<byte> NextToken(ReadOnlySpan<byte> line, ref int next)
    {
        while (next < line.Length && line[next] == ' ')
        {
            next++;
        }

        var length = line[next..].IndexOf((byte)' ');
        var token = line.Slice(next, length < 0 ? line.Length - next : length);
        next += token.Length;
        return token;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out uint value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;

    private static bool TryParse(ReadOnlySpan<byte> text, out ulong value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;

    private static bool TryParse(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;
}
