using System.Net.Sockets;
using System.Text;

namespace Rowhouse.Tests;

/// <summary>A memcached of 64 MB.</summary>
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
        _program = Need("memcached", "memcached");
        return Task.CompletedTask;
    }

    // It refuses to run as root, and becomes another user by itself.
    protected override IReadOnlyList<string> Command() =>
        [_program!, "-l", "127.0.0.1", "-p", PortText, "-U", "0", "-u", Environment.UserName == "root" ? "nobody" : Environment.UserName, "-m", "64", .. _options];

    protected override async Task<bool> AnswersAsync()
    {
        try
        {
            return (await SendAsync("version")).StartsWith("VERSION", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
