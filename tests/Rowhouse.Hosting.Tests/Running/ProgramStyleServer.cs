using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Running;

/// <summary>One server with an app of each style.</summary>
public sealed class ProgramStyleServer : IAsyncDisposable
{
    private readonly Lazy<Task<TestServer>> _server;

    public ProgramStyleServer()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        WriteApps();
        _server = new Lazy<Task<TestServer>>(() => TestServer.StartAsync(Root, "Staging"));
    }

    /// <summary>The port that the apps ask for, each in its way.</summary>
    public int Port { get; }

    public TestRoot Root { get; } = new();

    public Task<TestServer> GetAsync() => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            var server = await _server.Value;
            await server.DisposeAsync();
            Assert.DoesNotContain(server.Log.Entries, entry => entry.Message.Contains("does not end", StringComparison.Ordinal));
        }

        Root.Dispose();
    }

    private void WriteApps()
    {
        foreach (var (style, program) in ProgramStyles.All)
        {
            Root.Write(style, "Program.cs", program.Replace("PORT", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            Root.Write(style, "Facts.cs", ProgramStyles.Facts);
            Root.Write(style, "appsettings.json", """{ "Greeting": "hello" }""");
            Root.Write(style, "appsettings.Staging.json", """{ "Greeting": "hello, staging" }""");
        }
    }
}
