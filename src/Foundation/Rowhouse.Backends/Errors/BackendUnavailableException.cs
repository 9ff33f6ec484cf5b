namespace Rowhouse.Backends;

/// <summary>
/// A backend did not answer in time, cannot be reached, or failed a moment ago and is not asked again before it answers a probe. The caller did
/// nothing wrong: do without, answer 503, or try again later.
/// </summary>
public sealed class BackendUnavailableException : RowhouseException
{
    internal BackendUnavailableException(string code, string message, string backend, Exception? innerException = null)
        : base(code, message, innerException)
    {
        Backend = backend;
    }

    /// <summary>The name of the backend, without user, password and options.</summary>
    public string Backend { get; }
}
