using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Rowhouse.Hosting.Tests;

/// <summary>A real Kestrel on the listeners under test; it answers every request with the protocol spoken.</summary>
internal sealed class ListeningServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ListeningServer(WebApplication app)
    {
        _app = app;
    }

    public ICollection<string> Urls => _app.Urls;

    /// <summary>The URL of the only listener with the real port.</summary>
    public Uri Url => new(Assert.Single(Urls));

    public static Task<ListeningServer> StartAsync(ConfigRoot root, params string[] listeners) =>
        StartAsync(root, TimeProvider.System, NullLogger.Instance, null, listeners);

    public static async Task<ListeningServer> StartAsync(ConfigRoot root, TimeProvider time, ILogger logger, SocketActivation? activation, params string[] listeners)
    {
        var config = new ServerConfig { Root = root.Root, Listeners = [.. listeners.Select(ListenerUri.Parse)] };
        var kestrel = activation is null ? KestrelListeners.Create(config, time, logger) : KestrelListeners.Create(config, activation, time, logger);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        kestrel.Configure(builder.Services);
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync(context.Request.Protocol, TestContext.Current.CancellationToken));
        try
        {
            await kestrel.StartAsync(app.StartAsync, TestContext.Current.CancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new ListeningServer(app);
    }

    public static Task<RowhouseException> FailAsync(ConfigRoot root, params string[] listeners) =>
        Assert.ThrowsAsync<RowhouseException>(() => StartAsync(root, listeners));

    public static HttpClient ConnectTo(string socketPath) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, token) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
