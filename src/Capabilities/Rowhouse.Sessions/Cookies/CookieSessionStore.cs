using System.Globalization;
using System.Runtime.CompilerServices;

namespace Rowhouse.Sessions;

/// <summary>
/// The store of one request if the session is in its cookies: read from the request, written to the response. Of two requests at once the one
/// whose response comes last wins. Each cookie has at most 4,000 bytes with its name and attributes; browsers must take 4,096 (RFC 6265, section 6.1).
/// </summary>
internal sealed class CookieSessionStore : SessionStore
{
    private const int MaxCookie = 4000;

    // Kestrel takes 32 KB of request headers, other servers 8 KB to 16 KB for each; more than this gets nowhere.
    private const int MaxChunks = 5;

    private readonly SessionsModel _model;
    private readonly CookiePlace _place;
    private readonly int _limit;
    private StoredSession? _session;
    private string? _encoded;

    public CookieSessionStore(SessionsModel model, CookiePlace place)
        : base("cookie:")
    {
        _model = model;
        _place = place;

        // One character is the count.
        _limit = (MaxChunks * Room) - 1;
    }

    /// <summary>The id that the session has or is about to get.</summary>
    public string? Id { get; set; }

    private int Room => MaxCookie - _model.Cookie.OverheadIn(_place) - 2;

    /// <summary>The id in the request's cookies; null if there is no session in them.</summary>
    public string? FindId()
    {
        if (Read() is not { } text || _model.Codec!.Decode(text, _model.MaxBytes) is not { } found || found.Session.Expires <= _model.Time.GetUtcNow())
        {
            return null;
        }

        (Id, _session) = found;
        return Id;
    }

    /// <summary>Sets the cookies as the last change has left the session.</summary>
    /// <param name="maxAge">How long the browser keeps them; null until it is closed.</param>
    public void Give(TimeSpan? maxAge)
    {
        var text = _encoded ?? _model.Codec!.Encode(Id!, _session!);
        var room = Room;
        var count = (text.Length + 1 + room - 1) / room;
        text = count.ToString(CultureInfo.InvariantCulture) + text;
        for (var chunk = 0; chunk < count; chunk++)
        {
            var start = chunk * room;
            _model.Cookie.Give(_place, text.Substring(start, Math.Min(room, text.Length - start)), maxAge, Suffix(chunk));
        }

        TakeFrom(count);
    }

    /// <summary>Deletes the cookies.</summary>
    public void Take()
    {
        _model.Cookie.Take(_place);
        TakeFrom(1);
    }

    public override Task<StoredSession?> FindAsync(SessionKey key, CancellationToken cancellationToken = default) => Task.FromResult(_session);

    public override Task TouchAsync(SessionKey key, DateTimeOffset modified, DateTimeOffset expires, CancellationToken cancellationToken = default)
    {
        _session = _session! with { Modified = modified, Expires = expires };
        _encoded = null;
        return Task.CompletedTask;
    }

    public override async IAsyncEnumerable<StoredSession> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        if (_session is not null)
        {
            yield return _session;
        }
    }

    public override Task<bool> ImportAsync(StoredSession session, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override Task<TrashStep> TrashAsync(SessionTrash trash, int limit, string? position = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new TrashStep(0, null));

    internal override Task<SessionKey?> FindSuccessorAsync(SessionKey key, CancellationToken cancellationToken) =>
        Task.FromResult<SessionKey?>(null);

    private protected override Task<bool> RenewOnceAsync(SessionKey key, SessionKey newKey, CancellationToken cancellationToken)
    {
        if (_session is null)
        {
            return Task.FromResult(false);
        }

        _session = _session with { Key = newKey };
        _encoded = null;
        return Task.FromResult(true);
    }

    private protected override Task<bool> RemoveOnceAsync(SessionKey key, CancellationToken cancellationToken)
    {
        var was = _session;
        (_session, _encoded) = (null, null);
        return Task.FromResult(was is not null);
    }

    private protected override Task<SessionCommit> CommitOnceAsync(SessionKey key, SessionChange change, StoredSession? known, CancellationToken cancellationToken)
    {
        var (changed, commit) = SessionMerge.Apply(key, _session is null ? null : SessionRecord.Of(_session), change, _model.Time.GetUtcNow());
        if (changed is null)
        {
            return Task.FromResult(commit);
        }

        var encoded = _model.Codec!.Encode(Id!, changed);
        if (encoded.Length > _limit)
        {
            var largest = changed.Values.MaxBy(value => value.Value.Length);
            throw SessionsErrors.CookieTooLarge(largest.Key ?? "", largest.Value?.Length ?? 0, encoded.Length, _limit);
        }

        (_session, _encoded) = (changed, encoded);
        return Task.FromResult(commit);
    }

    private static string Suffix(int chunk) => chunk == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{chunk + 1}");

    private string? Read()
    {
        if (_model.Cookie.Find(_place) is not { Length: > 1 } first || first[0] is < '1' or > (char)('0' + MaxChunks))
        {
            return null;
        }

        var text = first[1..];
        for (var chunk = 1; chunk < first[0] - '0'; chunk++)
        {
            if (_model.Cookie.Find(_place, Suffix(chunk)) is not { } next)
            {
                return null;
            }

            text += next;
        }

        return text;
    }

    private void TakeFrom(int first)
    {
        for (var chunk = first; chunk < MaxChunks; chunk++)
        {
            if (_model.Cookie.Find(_place, Suffix(chunk)) is not null)
            {
                _model.Cookie.Take(_place, Suffix(chunk));
            }
        }
    }
}
