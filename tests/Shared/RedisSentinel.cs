using System.Net.Sockets;
using System.Text;

namespace Rowhouse.Tests;

/// <summary>A sentinel that watches one master under the name main, and makes its replica the master half a second after it is gone.</summary>
public sealed class RedisSentinel : PrivateServer
{
    private readonly int _master;
    private string? _program;

    public RedisSentinel(int master)
    {
        _master = master;
    }

    protected override async Task PrepareAsync()
    {
        _program = Need("redis-sentinel", "redis-sentinel");
        await File.WriteAllTextAsync(Path.Combine(Folder, "sentinel.conf"), $"""
            port {Port}
            bind 127.0.0.1
            dir {Folder}
            sentinel monitor main 127.0.0.1 {_master} 1
            sentinel down-after-milliseconds main 500
            sentinel failover-timeout main 3000

            """);
    }

    protected override IReadOnlyList<string> Command() => [_program!, Path.Combine(Folder, "sentinel.conf")];

    // It knows the replica: only then can it do its work.
    protected override async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes("SENTINEL REPLICAS main\r\n"));
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync() is ['*', not '0', ..];
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
