using System.Buffers;

namespace Rowhouse.Backends.Memcached;

/// <summary>
/// Reads many keys of one server at once: a quiet read for each, which a miss does not answer, and a no-op whose answer says that all is said.
/// </summary>
internal sealed class BatchCall : PendingCall<MetaReply[]>
{
    private readonly MemcachedEndPoint _server;
    private readonly IReadOnlyList<byte[]> _keys;
    private readonly MetaReply[] _replies;
    private uint _firstOpaque;
    private int _next;
    private MemcachedException? _refusal;

    public BatchCall(MemcachedEndPoint server, IReadOnlyList<byte[]> keys)
    {
        _server = server;
        _keys = keys;
        _replies = new MetaReply[keys.Count];
    }

    public override uint OpaqueCount => (uint)_keys.Count;

    public override void Write(IBufferWriter<byte> output, uint firstOpaque)
    {
        _firstOpaque = firstOpaque;
        for (var i = 0; i < _keys.Count; i++)
        {
            output.Write("mg "u8);
            output.Write(_keys[i]);
            Write(output, unchecked(firstOpaque + (uint)i), " v f c q O"u8);
        }

        output.Write("mn\r\n"u8);
    }

    /// <summary>The replies stand where their keys do; a key without one is a miss.</summary>
    public override bool Take(in MetaReply reply)
    {
        if (reply.Code == MetaCode.NoOperation)
        {
            End();
            return true;
        }

        if ((reply.Code & MetaCode.AnyError) != 0)
        {
            _refusal ??= MemcachedErrors.Refused(_server, reply.Refusal);
            return false;
        }

        var index = unchecked(reply.Opaque - _firstOpaque);
        if (reply.Code != MetaCode.Value || index is not { } at || at < _next || at >= _keys.Count)
        {
            throw new MalformedReplyException(0, $"the answer {reply.Code} with the number {reply.Opaque} to {_keys.Count} commands from the number {_firstOpaque} on, of which {_next} are behind");
        }

        _replies[at] = reply;
        _next = (int)at + 1;
        return false;
    }

    private void End()
    {
        if (_refusal is null)
        {
            Finish(_replies);
        }
        else
        {
            Fail(_refusal);
        }
    }
}
