namespace Rowhouse.Benchmarks.Sessions.Races;

/// <summary>Sessions of Rowhouse.</summary>
internal sealed class StoreRaceSessions : IRaceSessions
{
    private static readonly Dictionary<string, byte[]> Nothing = [];

    private readonly SessionStore _store;

    public StoreRaceSessions(SessionStore store)
    {
        _store = store;
    }

    public async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(string id) =>
        (await _store.FindAsync(SessionKey.Of(id)).ConfigureAwait(false))?.Values ?? Nothing;

    public async Task<RaceTurn> WriteAsync(string id, string key, byte[] value)
    {
        var session = SessionKey.Of(id);
        var found = await _store.FindAsync(session).ConfigureAwait(false);
        var change = SampleSession.Change(new() { [key] = value }) with { IsNew = found is null };
        var commit = await _store.CommitAsync(session, change, found).ConfigureAwait(false);
        return commit.Outcome == SessionOutcome.Saved
            ? new RaceTurn(found?.Values ?? Nothing, commit.Conflicts)
            : throw new InvalidOperationException($"A change of a session that lives became {commit.Outcome}.");
    }
}
