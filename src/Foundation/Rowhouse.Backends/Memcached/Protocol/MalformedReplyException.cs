namespace Rowhouse.Backends.Memcached;

/// <summary>What arrived is no answer, or not to this command. It never leaves the connection.</summary>
internal sealed class MalformedReplyException : Exception
{
    public MalformedReplyException(long offset, string message)
        : base(message)
    {
        Offset = offset;
    }

    /// <summary>Where, in bytes from the start of the answer.</summary>
    public long Offset { get; }
}
