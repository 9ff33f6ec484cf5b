using System.Net.Sockets;

namespace Rowhouse.Hosting.Isolation;

/// <summary>A connection to a child that tells when it is closed.</summary>
internal sealed class ChildConnection : NetworkStream
{
    private Action? _closed;

    public ChildConnection(Socket socket, Action closed)
        : base(socket, ownsSocket: true)
    {
        _closed = closed;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Interlocked.Exchange(ref _closed, null)?.Invoke();
    }
}
