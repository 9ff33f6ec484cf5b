using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging.Abstractions;

namespace Rowhouse.Benchmarks.Sessions.Races;

/// <summary>Sessions of ASP.NET Core, which saves a session whole.</summary>
internal sealed class StockRaceSessions : IRaceSessions
{
    private readonly DistributedSessionStore _store;

    public StockRaceSessions(IDistributedCache cache)
    {
        _store = new DistributedSessionStore(cache, NullLoggerFactory.Instance);
    }

    public async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(string id) => Copy(await LoadAsync(id).ConfigureAwait(false));

    public async Task<RaceTurn> WriteAsync(string id, string key, byte[] value)
    {
        var session = await LoadAsync(id).ConfigureAwait(false);
        var found = Copy(session);
        session.Set(key, value);
        await session.CommitAsync().ConfigureAwait(false);
        return new RaceTurn(found, Conflicts: 0);
    }

    private async Task<ISession> LoadAsync(string id)
    {
        var session = _store.Create(id, SampleSession.IdleTimeout, TimeSpan.FromMinutes(1), () => true, isNewSessionKey: false);
        await session.LoadAsync().ConfigureAwait(false);
        return session.IsAvailable ? session : throw new InvalidOperationException("ASP.NET Core's session cannot be loaded.");
    }

    private static Dictionary<string, byte[]> Copy(ISession session) =>
        session.Keys.ToDictionary(key => key, key => session.TryGetValue(key, out var value) ? value : [], StringComparer.Ordinal);
}
