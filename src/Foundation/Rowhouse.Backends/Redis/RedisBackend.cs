using StackExchange.Redis;

namespace Rowhouse.Backends;

/// <summary>A Redis or Valkey server, or the master that sentinels name: one multiplexed connection for the whole process.</summary>
public sealed class RedisBackend : Backend
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    // A server that starts, was a master, or is cut off from its master or its replicas. Before Redis 7 an error of a script only has the word in it.
    private static readonly string[] Outages = ["LOADING ", "READONLY ", "MASTERDOWN ", "NOREPLICAS "];

    private readonly Lock _gate = new();
    private readonly Lazy<ConfigurationOptions> _options;
    private Task<IConnectionMultiplexer>? _connecting;

    internal RedisBackend(BackendSetup setup)
        : base(setup, setup.Uri.FindDuration("command-timeout") ?? DefaultTimeout)
    {
        Prefix = setup.Uri.FindOption("prefix") ?? "";

        // What failed is tried again: a certificate may come later.
        _options = new Lazy<ConfigurationOptions>(() => RedisOptions.Create(setup.Uri, ConnectLimit, Timeout), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>What the URI puts before every key; empty if nothing. Whoever makes a key by hand puts it there himself.</summary>
    public string Prefix { get; }

    private protected override TimeSpan ProbeLimit => ConnectLimit;

    private TimeSpan ConnectLimit => Uri.FindDuration("timeout") ?? DefaultTimeout;

    /// <summary>The connection, for libraries that take one. What is done with it directly has the time-outs of the URI, and no circuit breaker.</summary>
    /// <exception cref="BackendUnavailableException">RH4002, RH4003, RH4004: the server is down.</exception>
    public Task<IConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken = default) => CallAsync(_ => Connect(), ConnectLimit, cancellationToken);

    /// <summary>Makes a call (see <see cref="Backend.CallAsync{T}"/>) of the database.</summary>
    /// <param name="call">The call, on the database that the URI names.</param>
    /// <param name="limit">The longest time it may take, connecting included. Null means <see cref="Backend.Timeout"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="BackendUnavailableException">RH4002, RH4003, RH4004: the server is down.</exception>
    public Task<T> UseAsync<T>(Func<IDatabase, Task<T>> call, TimeSpan? limit = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return CallAsync(async _ => await call((await Connect()).GetDatabase()), limit, cancellationToken);
    }

    /// <summary>A call for interfaces that are synchronous.</summary>
    internal T Use<T>(Func<IDatabase, T> call) => Call(() => call(ConnectNow().GetDatabase()));

    private protected override async Task<BackendProbe> ProbeAsync(CancellationToken cancellationToken)
    {
        var connection = await Connect();
        var answer = await connection.GetDatabase().ExecuteAsync("TIME");
        var time = (string[]?)answer;
        var clock = time is [var seconds, var micros]
            ? DatabaseClock.Time((long.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture) * 1_000_000) + long.Parse(micros, System.Globalization.CultureInfo.InvariantCulture))
            : (DateTimeOffset?)null;
        var version = connection.GetServers().FirstOrDefault(server => server.IsConnected)?.Version;
        return new BackendProbe(version?.ToString(), clock);
    }

    private protected override bool IsOutage(Exception exception) =>
        exception is TimeoutException or RedisConnectionException or ObjectDisposedException
        || (exception is RedisServerException refused && Array.Exists(Outages, outage => refused.Message.Contains(outage, StringComparison.Ordinal)));

    private protected override async ValueTask CloseAsync()
    {
        if (_connecting is { IsCompletedSuccessfully: true } connecting)
        {
            var connection = await connecting;
            connection.Dispose();
        }
    }

    private Task<IConnectionMultiplexer> Connect()
    {
        lock (_gate)
        {
            // The connection mends itself; only one that never came to be is tried anew.
            if (_connecting is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _connecting = Detached.RunAsync(async () => (IConnectionMultiplexer)await ConnectionMultiplexer.ConnectAsync(_options.Value));
            }

            return _connecting;
        }
    }

    // Waits outside of the lock, for the connection that everybody waits for.
    private IConnectionMultiplexer ConnectNow()
    {
        var connecting = Connect();
        return connecting.IsCompletedSuccessfully
            ? connecting.GetAwaiter().GetResult()
            : connecting.WaitAsync(ConnectLimit, Time).GetAwaiter().GetResult();
    }
}
