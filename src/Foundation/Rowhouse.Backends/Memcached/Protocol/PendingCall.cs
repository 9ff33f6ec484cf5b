using System.Buffers;

namespace Rowhouse.Backends.Memcached;

/// <summary>
/// A command on its way and the answers it is owed. It stays in its connection's queue until the last of them has come, even when its caller
/// has long gone: that is what keeps the next call from reading them.
/// </summary>
internal abstract class PendingCall
{
    /// <summary>When the command was handed to the connection.</summary>
    public long SentAt { get; set; }

    /// <summary>How long the command is on the wire.</summary>
    public long Bytes { get; set; }

    /// <summary>How many numbers for answers the command needs.</summary>
    public virtual uint OpaqueCount => 0;

    /// <summary>Whether data follows the line, which a server that refuses the line might read as commands.</summary>
    public virtual bool HasPayload => false;

    /// <summary>Whether the caller has an answer, or does not wait for one.</summary>
    public abstract bool IsOver { get; }

    public abstract void Write(IBufferWriter<byte> output, uint firstOpaque);

    /// <summary>Takes one answer; true if it was the last.</summary>
    /// <exception cref="MalformedReplyException">It is an answer to something else.</exception>
    public abstract bool Take(in MetaReply reply);

    public abstract void Fail(Exception exception);

    protected static void Write(IBufferWriter<byte> output, uint opaque, ReadOnlySpan<byte> before)
    {
        Span<byte> digits = stackalloc byte[10];
        System.Buffers.Text.Utf8Formatter.TryFormat(opaque, digits, out var length);
        output.Write(before);
        output.Write(digits[..length]);
        output.Write("\r\n"u8);
    }
}
