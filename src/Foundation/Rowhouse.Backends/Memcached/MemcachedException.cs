namespace Rowhouse.Backends.Memcached;

/// <summary>A server that cannot be reached, does not answer, refuses, or answers what is no answer.</summary>
public sealed class MemcachedException : IOException
{
    internal MemcachedException(string code, MemcachedEndPoint server, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Server = server;
    }

    /// <summary>The code under which docs/reference/errors.md explains this error, for example <c>RH4301</c>.</summary>
    public string Code { get; }

    /// <summary>The server that it is about.</summary>
    public MemcachedEndPoint Server { get; }
}
