namespace Rowhouse.Sessions;

/// <summary>
/// The sessions of one app on one backend. Every call is asynchronous and limited in time by the backend; whatever is killed at whatever moment,
/// a session is as it was before a call or as it is after it.
/// </summary>
public abstract class SessionStore
{
    // Within the life of one request; a circle, which nobody can make on purpose, ends here too.
    private const int MostRenewals = 16;

    /// <summary>For how long a key that was renewed leads changes of requests in flight to the session's new key.</summary>
    internal static readonly TimeSpan SuccessorLife = TimeSpan.FromMinutes(2);

    private protected SessionStore(string name)
    {
        Name = name;
    }

    /// <summary>The name of the backend, fit for logs and metrics.</summary>
    public string Name { get; }

    /// <summary>The sessions of an app on the backend of a URI. Nothing is opened yet.</summary>
    /// <param name="uri">The URI, of any scheme but <c>cookie:</c>.</param>
    /// <param name="app">The name of the app.</param>
    /// <param name="backends">Where backends come from.</param>
    /// <exception cref="RowhouseException">RH5001: sessions cannot be kept there; RH4006, RH4008: see <see cref="BackendRegistry.Get"/>.</exception>
    public static SessionStore Open(ConnectionUri uri, string app, BackendRegistry backends) => SessionStores.Open(new SessionSetup(uri, app, backends));

    /// <summary>The session of a key; null if there is none, or it is expired.</summary>
    /// <exception cref="BackendUnavailableException">The backend is down.</exception>
    public abstract Task<StoredSession?> FindAsync(SessionKey key, CancellationToken cancellationToken = default);

    /// <summary>Makes a change, whole or not at all, without touching what others have changed in other keys.</summary>
    /// <param name="key">The session.</param>
    /// <param name="change">The change.</param>
    /// <param name="known">The session as it was found before, if it was: it may save a way to the backend.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="BackendUnavailableException">The backend is down. Whether the change was made is then unknown.</exception>
    public async Task<SessionCommit> CommitAsync(SessionKey key, SessionChange change, StoredSession? known = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var commit = await CommitOnceAsync(key, change, known, cancellationToken);
        for (var renewals = 0; commit.Successor is { } successor && renewals < MostRenewals; renewals++)
        {
            var next = await CommitOnceAsync(successor, change, known: null, cancellationToken);
            commit = next with { Conflicts = commit.Conflicts + next.Conflicts, IsMoved = true };
            key = successor;
        }

        return commit with { Successor = commit.IsMoved && commit.Outcome != SessionOutcome.Gone ? key : null };
    }

    /// <summary>Tells that the session is alive; no error if it is not there. What is stored with later times keeps those.</summary>
    public abstract Task TouchAsync(SessionKey key, DateTimeOffset modified, DateTimeOffset expires, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives a session another key, also one that was renewed a moment ago. Under the old one it is not found any more, but a change that is under way
    /// still arrives.
    /// </summary>
    /// <returns>Whether there was such a session.</returns>
    public async Task<bool> RenewAsync(SessionKey key, SessionKey newKey, CancellationToken cancellationToken = default)
    {
        for (var renewals = 0; renewals < MostRenewals; renewals++)
        {
            if (await RenewOnceAsync(key, newKey, cancellationToken))
            {
                return true;
            }

            if (await FindSuccessorAsync(key, cancellationToken) is not { } successor || successor == newKey)
            {
                return false;
            }

            key = successor;
        }

        return false;
    }

    /// <summary>Removes a session, also one that was renewed a moment ago: who is signed out by a request under way must not stay signed in.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemoveAsync(SessionKey key, CancellationToken cancellationToken = default)
    {
        for (var renewals = 0; renewals < MostRenewals; renewals++)
        {
            if (await RemoveOnceAsync(key, cancellationToken))
            {
                return true;
            }

            if (await FindSuccessorAsync(key, cancellationToken) is not { } successor)
            {
                return false;
            }

            key = successor;
        }

        return false;
    }

    /// <summary>All sessions that are not expired, in no order. What comes or goes meanwhile may be missing or not.</summary>
    public abstract IAsyncEnumerable<StoredSession> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes a session over from another store as it is, unless there is one of that key with the same or a later sign of life.</summary>
    /// <returns>Whether it was stored.</returns>
    public abstract Task<bool> ImportAsync(StoredSession session, CancellationToken cancellationToken = default);

    /// <summary>Removes some of the sessions that are trash: one bounded step, so that who calls can pause.</summary>
    /// <param name="trash">What is trash.</param>
    /// <param name="limit">The most that may be removed in this step.</param>
    /// <param name="position">Where to go on: null at first, then what the last step returned.</param>
    /// <param name="cancellationToken">Ends the work between two removals.</param>
    public abstract Task<TrashStep> TrashAsync(SessionTrash trash, int limit, string? position = null, CancellationToken cancellationToken = default);

    /// <summary>The key to which one that was renewed leads; null if it does not, or not any more.</summary>
    internal abstract Task<SessionKey?> FindSuccessorAsync(SessionKey key, CancellationToken cancellationToken);

    /// <summary><see cref="RenewAsync"/> for the key alone.</summary>
    private protected abstract Task<bool> RenewOnceAsync(SessionKey key, SessionKey newKey, CancellationToken cancellationToken);

    /// <summary><see cref="RemoveAsync"/> for the key alone; one that was renewed goes on leading to its successor.</summary>
    private protected abstract Task<bool> RemoveOnceAsync(SessionKey key, CancellationToken cancellationToken);

    /// <summary><see cref="CommitAsync"/> for the key alone; a key that was renewed answers with its successor.</summary>
    private protected abstract Task<SessionCommit> CommitOnceAsync(SessionKey key, SessionChange change, StoredSession? known, CancellationToken cancellationToken);
}
