using System.Globalization;
using System.Runtime.CompilerServices;

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
    public async ValueTask<IReadOnlyDictionary<string, string>> GetStatisticsAsync(MemcachedEndPoint server, CancellationToken cancellationToken = default) =>
        ReadStatistics(await ServerAt(server).CallAsync(TextCall.Statistics(server), cancellationToken));

    /// <summary>Another number after each connection to a server, which may have been restarted with other settings.</summary>
    internal int GenerationOf(MemcachedEndPoint server) => ServerAt(server).Generation;

    /// <summary>Asks a server how large an item may be there (<c>-I</c>), its key and some 50 bytes of memcached's own counted in.</summary>
    internal async ValueTask<long> GetMaxItemBytesAsync(MemcachedEndPoint server, CancellationToken cancellationToken)
    {
        var settings = ReadStatistics(await ServerAt(server).CallAsync(TextCall.Settings(server), cancellationToken));
        return long.TryParse(settings.GetValueOrDefault("item_size_max"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : long.MaxValue;
    }

    /// <summary>
    /// Names what the servers hold: all keys that begin with <paramref name="prefix"/>, in no order, while others go on. Keys that are sent as their
    /// hash (see the remarks on this class) are not among them. A key may be named that ends just now, or is another server's since servers were added.
    /// </summary>
    /// <exception cref="MemcachedException">RH4310: a server does not list its keys.</exception>
    internal async IAsyncEnumerable<string> ListKeysAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var server in Servers)
        {
            await using var dump = await KeyDump.OpenAsync(server, _options, cancellationToken);
            await foreach (var key in dump.ReadAsync(cancellationToken))
            {
                if (key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    yield return key;
                }
            }
        }
    }

    /// <summary>Empties all servers. For tests only: on a farm it would empty what others use too.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var server in _servers)
        {
            await server.CallAsync(TextCall.Flush(server.EndPoint), cancellationToken);
        }
    }

    private static Dictionary<string, string> ReadStatistics(IEnumerable<string> lines)
    {
        var statistics = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var (name, value) = line.Split(' ', 2) is [var first, var rest] ? (first, rest) : (line, "");
            statistics[name] = value;
        }

        return statistics;
    }

    private MemcachedServer ServerAt(MemcachedEndPoint server) =>
        Array.Find(_servers, candidate => candidate.EndPoint == server)
        ?? throw new ArgumentException($"{server} is none of this client's servers: {string.Join(", ", Servers)}.", nameof(server));
}
