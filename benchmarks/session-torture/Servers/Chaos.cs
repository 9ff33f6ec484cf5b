namespace Rowhouse.SessionTorture.Servers;

/// <summary>Kills server processes and the backend's server at random moments, each at least once.</summary>
internal sealed class Chaos
{
    private static readonly TimeSpan ShortestLife = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan NodeLife = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan BackendLife = TimeSpan.FromSeconds(4);

    private readonly ServerFarm _farm;
    private readonly TortureBackend _backend;
    private readonly TortureOptions _options;

    public Chaos(ServerFarm farm, TortureBackend backend, TortureOptions options)
    {
        _farm = farm;
        _backend = backend;
        _options = options;
    }

    public int KilledNodes { get; private set; }

    public int KilledBackends { get; private set; }

    /// <summary>Goes on until it is told to end; then all that was killed runs again.</summary>
    public Task RunAsync(CancellationToken ended)
    {
        if (_options.IsStock)
        {
            // It loses enough by itself.
            return WaitAsync(Timeout.InfiniteTimeSpan, ended);
        }

        return Task.WhenAll(KillNodesAsync(ended), _backend.CanRestart ? KillBackendsAsync(ended) : Task.CompletedTask);
    }

    private async Task KillNodesAsync(CancellationToken ended)
    {
        var random = new Random(_options.Seed);
        do
        {
            await PauseAsync(random, NodeLife, ended);
            await _farm.ReplaceAsync(random.Next(_options.Processes));
            KilledNodes++;
        }
        while (!ended.IsCancellationRequested);
    }

    private async Task KillBackendsAsync(CancellationToken ended)
    {
        var random = new Random(_options.Seed + 1);
        do
        {
            await PauseAsync(random, BackendLife, ended);
            await _backend.RestartAsync();
            KilledBackends++;
        }
        while (!ended.IsCancellationRequested);
    }

    private static Task PauseAsync(Random random, TimeSpan longest, CancellationToken ended) => WaitAsync(ShortestLife + (longest * random.NextDouble()), ended);

    private static async Task WaitAsync(TimeSpan time, CancellationToken ended) =>
        await Task.Delay(time, TimeProvider.System, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
