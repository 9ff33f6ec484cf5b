using System.Net.Sockets;
using System.Text;

namespace Rowhouse.Tests;

/// <summary>A Redis without persistence.</summary>
public sealed class RedisServer : PrivateServer
{
    private readonly string[] _options;
    private string? _program;

    public RedisServer(params string[] options)
    {
        _options = options;
    }

    public string Socket => Path.Combine(Folder, "redis.sock");

    /// <summary>Sends one command and gives the first line of the answer.</summary>
    public async Task<string> SendAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync() ?? "";
    }

    protected override Task PrepareAsync()
    {
        _program = Need("redis-server", "redis-server");
        return Task.CompletedTask;
    }

    protected override IReadOnlyList<string> Command() =>
        [_program!, "--port", PortText, "--bind", "127.0.0.1", "--dir", Folder, "--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0", "--unixsocket", Socket, .. _options];

    protected override async Task<bool> AnswersAsync()
    {
        try
        {
            return await SendAsync("PING") == "+PONG";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
