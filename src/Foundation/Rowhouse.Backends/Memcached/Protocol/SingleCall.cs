using System.Buffers;

namespace Rowhouse.Backends.Memcached;

/// <summary>One meta command with exactly one answer.</summary>
internal sealed class SingleCall : PendingCall<MetaReply>
{
    private readonly MemcachedEndPoint _server;
    private readonly MetaLine _line;
    private readonly ReadOnlyMemory<byte>? _payload;
    private readonly MetaCode _answers;
    private uint _opaque;

    /// <param name="server">Whom errors name.</param>
    /// <param name="line">The command; read while it is sent, not later.</param>
    /// <param name="payload">The data that follows the line, if the command has any.</param>
    /// <param name="answers">What may answer this command, beside a refusal.</param>
    public SingleCall(MemcachedEndPoint server, MetaLine line, ReadOnlyMemory<byte>? payload, MetaCode answers)
    {
        _server = server;
        _line = line;
        _payload = payload;
        _answers = answers;
    }

    public override uint OpaqueCount => 1;

    public override bool HasPayload => _payload is not null;

    public override void Write(IBufferWriter<byte> output, uint firstOpaque)
    {
        _opaque = firstOpaque;
        output.Write(_line.Text);
        Write(output, firstOpaque, " O"u8);
        if (_payload is { } payload)
        {
            output.Write(payload.Span);
            output.Write("\r\n"u8);
        }
    }

    public override bool Take(in MetaReply reply)
    {
        if ((reply.Code & MetaCode.AnyError) != 0)
        {
            Fail(Explain(reply));
        }
        else if ((reply.Code & _answers) != 0 && reply.Opaque == _opaque)
        {
            Finish(reply);
        }
        else
        {
            throw new MalformedReplyException(0, $"the answer {reply.Code} with the number {Show(reply.Opaque)} to the command with the number {_opaque}");
        }

        return true;
    }

    private static string Show(uint? opaque) => opaque?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "(none)";

    private MemcachedException Explain(in MetaReply reply) => reply.Text switch
    {
        { } text when text.Contains("too large", StringComparison.Ordinal) => MemcachedErrors.TooLargeThere(_server, _payload?.Length ?? 0),
        { } text when text.Contains("non-numeric", StringComparison.Ordinal) => MemcachedErrors.NotANumber(_server),
        _ => MemcachedErrors.Refused(_server, reply.Refusal),
    };
}
