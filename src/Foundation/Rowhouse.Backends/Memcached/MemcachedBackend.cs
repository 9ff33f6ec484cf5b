using Rowhouse.Backends.Memcached;

namespace Rowhouse.Backends;

/// <summary>
/// One memcached or several: one client for the whole process. The client knows which of its servers are down and fails the calls to those alone,
/// at once; so the circuit of this backend as a whole stays closed, and the keys of the others go on.
/// </summary>
public sealed class MemcachedBackend : Backend
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(1);

    // The server's own limit (-I) is the one that counts; this one only keeps a value from filling our memory.
    private const int MaxValueBytes = 64 * 1024 * 1024;

    // A server that is away, silent or too old. Everything else is an answer.
    private static readonly string[] Outages = ["RH4301", "RH4302", "RH4303", "RH4304", "RH4305", "RH4308"];

    internal MemcachedBackend(BackendSetup setup)
        : base(setup, setup.Uri.FindDuration("command-timeout") ?? DefaultTimeout)
    {
        Prefix = setup.Uri.FindOption("prefix") ?? "";
        Client = new MemcachedClient(EndPoints(setup.Uri), new MemcachedOptions
        {
            ConnectionsPerServer = Math.Min(setup.Uri.FindNumber("pool") ?? 2, 64),
            ConnectTimeout = setup.Uri.FindDuration("timeout") ?? DefaultTimeout,
            OperationTimeout = Timeout,
            MaxValueBytes = MaxValueBytes,
            TimeProvider = setup.Time,
        });
    }

    /// <summary>What the URI puts before every key; empty if nothing. Whoever makes a key by hand puts it there himself.</summary>
    public string Prefix { get; }

    /// <summary>The client. Its own errors are <see cref="MemcachedException"/>.</summary>
    public MemcachedClient Client { get; }

    /// <summary>Makes a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="BackendUnavailableException">RH4003, RH4004: the server of the key is down; those of other keys may not be.</exception>
    /// <exception cref="MemcachedException">The server refused: a value that is too large, no number.</exception>
    public Task<T> CallAsync<T>(Func<MemcachedClient, CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);

        // Opening and asking each have a time-out of their own in the client.
        return CallAsync(token => call(Client, token).AsTask(), Timeout + Timeout, cancellationToken);
    }

    private protected override async Task<BackendProbe> ProbeAsync(CancellationToken cancellationToken)
    {
        var versions = await GetVersionsAsync(Client, cancellationToken);
        return new BackendProbe(versions.OrderBy(version => System.Version.TryParse(version, out var number) ? number : null).First());
    }

    private protected override BackendUnavailableException? FindPartOutage(Exception exception) =>
        exception is MemcachedException e && Outages.Contains(e.Code, StringComparer.Ordinal) ? BackendsErrors.Unreachable($"memcached://{e.Server}", e) : null;

    private protected override ValueTask CloseAsync() => Client.DisposeAsync();

    private static async ValueTask<List<string>> GetVersionsAsync(MemcachedClient client, CancellationToken cancellationToken)
    {
        var versions = new List<string>();
        foreach (var server in client.Servers)
        {
            versions.Add(await client.GetVersionAsync(server, cancellationToken));
        }

        return versions;
    }

    private static IEnumerable<MemcachedEndPoint> EndPoints(ConnectionUri uri) => uri.FindOption("socket") is { } socket
        ? [MemcachedEndPoint.Unix(socket)]
        : uri.Hosts.Select(host => new MemcachedEndPoint(host.Name, host.Port));
}
