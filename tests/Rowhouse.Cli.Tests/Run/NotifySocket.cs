using System.Net.Sockets;
using System.Text;

namespace Rowhouse.Cli.Tests;

/// <summary>systemd's end of the socket on which services tell how they are (sd_notify(3)).</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifySocket(string path)
    {
        Path = path;
        _socket.Bind(new UnixDomainSocketEndPoint(path));
    }

    public string Path { get; }

    /// <summary>Waits for the message; the ones before it are returned too.</summary>
    public async Task<IReadOnlyList<string>> ReceiveUntilAsync(string message)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        return await ReceiveWhileAsync(last => last != message, limit.Token);
    }

    /// <summary>All messages that come within <paramref name="time"/>.</summary>
    public async Task<IReadOnlyList<string>> ReceiveForAsync(TimeSpan time)
    {
        var messages = new List<string>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(time);
        try
        {
            while (true)
            {
                messages.Add(await ReceiveAsync(limit.Token));
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return messages;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<IReadOnlyList<string>> ReceiveWhileAsync(Func<string, bool> condition, CancellationToken cancellation)
    {
        var messages = new List<string>();
        do
        {
            messages.Add(await ReceiveAsync(cancellation));
        }
        while (condition(messages[^1]));
        return messages;
    }

    private async Task<string> ReceiveAsync(CancellationToken cancellation)
    {
        var buffer = new byte[1024];
        var count = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellation);
        return Encoding.UTF8.GetString(buffer, 0, count).TrimEnd('\n');
    }
}
