namespace Rowhouse.Backends.Memcached;

public sealed partial class MemcachedClient
{
    /// <summary>Asks a server for its version, for example <c>1.6.18</c>: the cheapest way to see that it is there.</summary>
    /// <param name="server">One of <see cref="Servers"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<string> GetVersionAsync(MemcachedEndPoint server, CancellationToken cancellationToken = default) =>
        (await ServerAt(server).CallAsync(TextCall.Version(server), cancellationToken))[0];

    /// <summary>Asks a server for its counters, by name, as memcached's <c>stats</c> has them.</summary>
    /// <param name="server">One of <see cref="Servers"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<IReadOnlyDictionary<string, string>> GetStatisticsAsync(MemcachedEndPoint server, CancellationToken cancellationToken = default)
    {
        var statistics = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in await ServerAt(server).CallAsync(TextCall.Statistics(server), cancellationToken))
        {
            var (name, value) = line.Split(' ', 2) is [var first, var rest] ? (first, rest) : (line, "");
            statistics[name] = value;
        }

        return statistics;
    }

    /// <summary>Empties all servers. For tests only: on a farm it would empty what others use too.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var server in _servers)
        {
            await server.CallAsync(TextCall.Flush(server.EndPoint), cancellationToken);
        }
    }

    private MemcachedServer ServerAt(MemcachedEndPoint server) =>
        Array.Find(_servers, candidate => candidate.EndPoint == server)
        ?? throw new ArgumentException($"{server} is none of this client's servers: {string.Join(", ", Servers)}.", nameof(server));
}
