namespace Rowhouse.Benchmarks.Configuration;

/// <summary>The load on one app: pages that need Redis, and pages that do not.</summary>
internal sealed class AppLoad : IAsyncDisposable
{
    public const int PlainPerSecond = 200;

    public AppLoad(AppOnRedis app)
    {
        Plain = new SteadyLoad(app.App, app.Kind.Plain, PlainPerSecond);
        Needing = new SteadyLoad(app.App, app.Kind.Needing, app.Kind.NeedingPerSecond, app.Cookie);
    }

    public SteadyLoad Plain { get; }

    public SteadyLoad Needing { get; }

    /// <summary>Sends no more, and waits for what is under way.</summary>
    public Task StopAsync() => Task.WhenAll(Plain.StopAsync(), Needing.StopAsync());

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync().ConfigureAwait(false);
        await Needing.DisposeAsync().ConfigureAwait(false);
    }
}
