using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Faults;

/// <summary>A server with the app <c>faulty</c> and a neighbour that has to answer throughout, whatever the other does.</summary>
internal sealed class FaultyApp : IAsyncDisposable
{
    private readonly TestRoot _root = new();
    private readonly CancellationTokenSource _over = new();
    private Task _watch = Task.CompletedTask;
    private int _answers;

    public TestServer Server { get; private set; } = null!;

    public static async Task<FaultyApp> StartAsync(string program, string settings = "", string environment = "Production")
    {
        var faulty = new FaultyApp();
        faulty._root.WriteApp("neighbour", "alive");
        faulty._root.Write("faulty", "Program.cs", program);
        faulty._root.WriteConfig($"[app:faulty]\n{settings}\n");
        faulty.Server = await TestServer.StartAsync(faulty._root, environment);
        Assert.Equal("alive", await faulty.Server.GetTextAsync("/neighbour/"));
        faulty._watch = faulty.WatchNeighbourAsync();
        return faulty;
    }

    /// <summary>A program that answers "/" and does what <paramref name="start"/> says before it runs; <c>builder</c> and <c>app</c> are there.</summary>
    public static string Program(string start = "", string services = "", string types = "") => $$"""
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        var builder = WebApplication.CreateBuilder(args);
        {{services}}
        var app = builder.Build();
        app.MapGet("/", () => "works");
        {{start}}
        app.Run();
        {{types}}
        """;

    public Task<string> GetTextAsync(string path) => Server.GetTextAsync("/faulty" + path);

    public Task<HttpResponseMessage> GetAsync(string path) => Server.GetAsync("/faulty" + path);

    public Task<AppStatus> WaitForAsync(AppState state) => Server.WaitForAsync("faulty", state);

    public Task<AppStatus> WaitForReasonAsync(string reason) =>
        Server.WaitForAsync("faulty", status => status.Reason?.Contains(reason, StringComparison.Ordinal) == true, $"says '{reason}'");

    /// <summary>Saves a version without the fault and waits until it answers; the neighbour has to have answered all the while.</summary>
    public async Task MendAsync()
    {
        _root.WriteApp("faulty", "mended");
        await Eventually.HoldsAsync(async () => await GetTextAsync("/") == "mended", "the mended app answers");
        Assert.Equal((AppState.Running, null), (Server.StatusOf("faulty").State, Server.StatusOf("faulty").Reason));

        var answers = Volatile.Read(ref _answers);
        await Eventually.HoldsAsync(() => Volatile.Read(ref _answers) > answers || _watch.IsCompleted, "the neighbour answers");
        await _over.CancelAsync();
        await _watch;
        Assert.Equal((AppState.Running, 1), (Server.StatusOf("neighbour").State, Server.StatusOf("neighbour").Instance));
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Server.DisposeAsync();
        _over.Dispose();
        _root.Dispose();
    }

    private async Task WatchNeighbourAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            Assert.Equal("alive", await Server.GetTextAsync("/neighbour/"));
            Interlocked.Increment(ref _answers);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
    }
}
