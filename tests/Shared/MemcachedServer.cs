using System.Net.Sockets;
using System.Text;

namespace Rowhouse.Tests;

/// <summary>A memcached.</summary>
public sealed class MemcachedServer : PrivateServer
{
    private readonly string[] _options;
    private string? _program;

    public MemcachedServer(params string[] options)
    {
        _options = options;
    }

    /// <summary>The URI of the server.</summary>
    public async Task<string> UriAsync(string options = "")
    {
        await StartedAsync();
        return $"memcached://127.0.0.1:{Port}{options}";
    }

    protected override Task PrepareAsync()
    {
        _program = Need("memcached", "memcached");
        return Task.CompletedTask;
    }

    protected override IReadOnlyList<string> Command() =>
        [_program!, "-l", "127.0.0.1", "-p", PortText, "-U", "0", "-u", Environment.UserName == "root" ? "nobody" : Environment.UserName, "-m", "64", .. _options];

    protected override async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes("mn\r\n"));
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync() == "MN";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
