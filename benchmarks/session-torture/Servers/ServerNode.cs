using System.Diagnostics;

namespace Rowhouse.SessionTorture.Servers;

/// <summary>A process that serves.</summary>
internal sealed class ServerNode : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ServerNode(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public static async Task<ServerNode> StartAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ServerNode).Assembly.Location, NodeApp.Command, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var node = new ServerNode(Process.Start(start)!);
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var line = await node._process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"A server ended: {await node._errors}");
        node.Address = new Uri(line);
        return node;
    }

    /// <summary>As kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
