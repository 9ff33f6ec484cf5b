using Microsoft.Extensions.Logging;
using Rowhouse.Hosting;

namespace Rowhouse.Tests;

/// <summary>A real server on a free port of loopback, in this process, and a client for it.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly RowhouseServer _server;

    private TestServer(RowhouseServer server, RecordedLog log)
    {
        _server = server;
        Log = log;
        Address = new Uri(server.Addresses[0]);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(180) };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public RecordedLog Log { get; }

    public RowhouseServer Server => _server;

    public static async Task<TestServer> StartAsync(
        TestRoot root, string environment = "Development", string listener = "http://127.0.0.1:0", params string[] moreListeners)
    {
        var overrides = new ServerConfigOverrides { Listeners = [.. new[] { listener }.Concat(moreListeners).Select(ListenerUri.Parse)], Environment = environment };
        var log = new RecordedLog();
        var server = RowhouseServer.Create(ServerConfigReader.Read(root.Root, overrides), logging => logging.AddProvider(log));
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new TestServer(server, log);
    }

    /// <summary>GETs as a script does, not as a browser.</summary>
    public async Task<string> GetTextAsync(string path)
    {
        using var response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(path, TestContext.Current.CancellationToken);

    /// <summary>GETs as a browser that navigates.</summary>
    public Task<HttpResponseMessage> GetPageAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public AppStatus StatusOf(string app) => _server.Apps.Single(status => status.Name == app);

    /// <summary>Waits until the app is in the state.</summary>
    public Task<AppStatus> WaitForAsync(string app, AppState state) => WaitForAsync(app, status => status.State == state, state.ToString());

    public async Task<AppStatus> WaitForAsync(string app, Func<AppStatus, bool> condition, string what)
    {
        await Eventually.HoldsAsync(
            () => Task.FromResult(_server.Apps.Any(status => status.Name == app && condition(status))),
            () => $"{app}: {what}. It is: {_server.Apps.FirstOrDefault(status => status.Name == app)}");
        return StatusOf(app);
    }

    /// <summary>Waits until a GET is answered with the text.</summary>
    public async Task WaitForTextAsync(string path, string text)
    {
        var last = "";
        await Eventually.HoldsAsync(
            async () => (last = await GetTextAsync(path)) == text,
            () => $"{path} is answered with '{text}'. The last answer was '{last}'; the apps: {string.Join('\n', _server.Apps)}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
    }
}
