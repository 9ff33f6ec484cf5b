namespace Rowhouse.Backends.Memcached;

/// <summary>A memcached that cannot be reached, does not answer, refuses, or answers what is no answer.</summary>
public sealed class MemcachedException : RowhouseException
{
    internal MemcachedException(string code, MemcachedEndPoint server, string message, Exception? innerException = null)
        : base(code, message, innerException)
    {
        Server = server;
    }

    /// <summary>The server that it is about.</summary>
    public MemcachedEndPoint Server { get; }
}
