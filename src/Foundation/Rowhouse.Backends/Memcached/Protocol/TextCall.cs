using System.Buffers;

namespace Rowhouse.Backends.Memcached;

/// <summary>A command of the old text protocol that the meta protocol has no other word for: version, stats, flush_all.</summary>
internal sealed class TextCall : PendingCall<IReadOnlyList<string>>
{
    private const int MaxLines = 10_000;

    private readonly MemcachedEndPoint _server;
    private readonly byte[] _command;
    private readonly MetaCode _last;
    private readonly List<string> _lines = [];

    private TextCall(MemcachedEndPoint server, ReadOnlySpan<byte> command, MetaCode last)
    {
        _server = server;
        _command = command.ToArray();
        _last = last;
    }

    public static TextCall Version(MemcachedEndPoint server) => new(server, "version\r\n"u8, MetaCode.Version);

    public static TextCall Statistics(MemcachedEndPoint server) => new(server, "stats\r\n"u8, MetaCode.End);

    public static TextCall Settings(MemcachedEndPoint server) => new(server, "stats settings\r\n"u8, MetaCode.End);

    public static TextCall Flush(MemcachedEndPoint server) => new(server, "flush_all\r\n"u8, MetaCode.Okay);

    public override void Write(IBufferWriter<byte> output, uint firstOpaque) => output.Write(_command);

    public override bool Take(in MetaReply reply)
    {
        if ((reply.Code & MetaCode.AnyError) != 0)
        {
            Fail(MemcachedErrors.Refused(_server, reply.Refusal));
            return true;
        }

        var isLine = reply.Code == MetaCode.Statistic && _last == MetaCode.End && _lines.Count < MaxLines;
        if (!isLine && reply.Code != _last)
        {
            throw new MalformedReplyException(0, $"the answer {reply.Code} '{reply.Text}' to '{MetaReplyReader.Show(_command.AsSpan(0, _command.Length - 2))}'");
        }

        if (reply.Text is { } text)
        {
            _lines.Add(text);
        }

        if (isLine)
        {
            return false;
        }

        Finish(_lines);
        return true;
    }
}
