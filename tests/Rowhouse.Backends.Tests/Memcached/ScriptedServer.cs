using System.Net;
using System.Net.Sockets;
using System.Text;
using Rowhouse.Backends.Memcached;

namespace Rowhouse.Backends.Tests.Memcached;

/// <summary>A server that says what a test tells it to, after the greeting of a memcached 1.6.18.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Func<ScriptedPeer, Task> _script;
    private readonly Task _accepting;
    private int _connections;

    public ScriptedServer(Func<ScriptedPeer, Task> script, string version = "VERSION 1.6.18\r\n")
    {
        _script = script;
        Version = version;
        _listener.Start();
        EndPoint = new MemcachedEndPoint("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        _accepting = AcceptAsync();
    }

    public MemcachedEndPoint EndPoint { get; }

    /// <summary>What answers <c>version</c> on the connections to come.</summary>
    public string Version { get; set; }

    /// <summary>How many connections were made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_ending.Token);
                Interlocked.Increment(ref _connections);
                conversations.Add(TalkAsync(socket));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task TalkAsync(Socket socket)
    {
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        var peer = new ScriptedPeer(this, stream, _ending.Token);
        try
        {
            Assert.Equal("version", await peer.ReadLineAsync());
            await peer.SendAsync(Encoding.ASCII.GetBytes(Version));
            await _script(peer);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or EndOfStreamException)
        {
            // The client hung up, or the test is over.
        }
    }
}
