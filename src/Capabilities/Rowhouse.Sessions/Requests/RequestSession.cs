using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Sessions;

/// <summary>
/// The session of a request: what was loaded, and over it what the request has changed. Loading and saving are asynchronous; what is used before it was
/// loaded is an error, unless no cookie came, since then there is nothing to load.
/// </summary>
internal sealed partial class RequestSession : ISession, ISessionFeature
{
    private static readonly IReadOnlyDictionary<string, byte[]> Nothing = FrozenDictionary<string, byte[]>.Empty;

    private readonly HttpContext _context;
    private readonly SessionsModel _model;
    private readonly CookiePlace _place;
    private readonly CookieSessionStore? _cookies;
    private readonly SessionStore _store;

    private ISession? _replacement;
    private string? _cookieId;
    private bool _hasLookedForCookie;
    private string? _id;
    private SessionKey _key;
    private string? _publicId;

    /// <summary>The session as it was found, as long as nothing was saved since.</summary>
    private StoredSession? _known;
    private IReadOnlyDictionary<string, byte[]> _stored = Nothing;
    private DateTimeOffset? _end;
    private TimeSpan _idle;
    private bool _hasOwnTimeout;
    private string? _user;
    private bool _isLoaded;
    private bool _exists;

    /// <summary>Nothing of this is saved any more: it is unavailable, was refused, or has ended.</summary>
    private bool _isDetached;

    public RequestSession(HttpContext context, SessionsModel model)
    {
        _context = context;
        _model = model;
        _place = new CookiePlace(context);
        _cookies = model.Store is null ? new CookieSessionStore(model, _place) : null;
        _store = model.Store ?? _cookies!;
        _idle = model.IdleTimeout;
    }

    public HttpContext Context => _context;

    /// <summary>Whether a cookie came that may name a session.</summary>
    public bool HasCookie => FindCookieId() is not null;

    /// <summary>Why the request is answered 503; null if it is not.</summary>
    public RowhouseException? Failure { get; private set; }

    /// <summary>Whether the failure came before the endpoint ran, which then never does.</summary>
    public bool IsRefused { get; set; }

    // No cookie, nothing to load. Else who asks too early is told no, since that is what happens to work.
    public bool IsAvailable
    {
        get
        {
            if (!_isLoaded && HasCookie)
            {
                return false;
            }

            Use();
            return !_isDetached;
        }
    }

    /// <summary>
    /// The key under which the session was begun. It is no secret and cannot be used to take over the session; it stays through a renewal.
    /// </summary>
    public string Id
    {
        get
        {
            Use();
            EnsureId();
            return _publicId ??= SessionMarks.FindId(_stored) ?? _key.ToString();
        }
    }

    // Somebody may put a session of his own in the place of this one; ours is saved all the same.
    ISession ISessionFeature.Session
    {
        get => _replacement ?? this;
        set => _replacement = value;
    }

    private bool HasStarted => _context.Response.HasStarted;

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        if (_isLoaded)
        {
            return;
        }

        if (FindCookieId() is not { } id)
        {
            _isLoaded = true;
            return;
        }

        var key = SessionKey.Of(id);
        try
        {
            if (await FindAsync(key, cancellationToken) is { } found)
            {
                Adopt(id, found);
            }
            else if (await _store.FindSuccessorAsync(key, cancellationToken) is not null)
            {
                // The browser has, or is about to get, the cookie of the renewed session: a new one must not take its place.
                _isDetached = true;
            }

            _isLoaded = true;
        }
        catch (BackendUnavailableException e)
        {
            NoteOutage(e);
            RunWithout(id, key, e);
        }
    }

    /// <summary>
    /// Waits until the request has the session for itself. A request that is routed again, to an error page, has it already.
    /// </summary>
    public async Task HoldAsync(ExclusiveSessionAttribute exclusive)
    {
        if (_hold is not null || FindCookieId() is not { } id)
        {
            return;
        }

        try
        {
            _hold = await _model.Locks.TryAcquireAsync(SessionKey.Of(id), exclusive, _context.RequestAborted);
            if (_hold is null)
            {
                Failure = SessionsErrors.ExclusiveBusy(TimeSpan.FromSeconds(exclusive.WaitSeconds));
                return;
            }

            await ReloadAsync();
        }
        catch (BackendUnavailableException e)
        {
            // Whatever the policy: alone is what was asked for.
            if (!_model.Locks.IsApart)
            {
                NoteOutage(e);
            }

            Failure = e;
        }
    }

    // What middleware had loaded before the others were out is old by now. What it has changed stays.
    private async Task ReloadAsync()
    {
        if (!_exists || _isDetached || _outage is not null || _cookies is not null)
        {
            return;
        }

        if (await FindAsync(_key, _context.RequestAborted) is { } found)
        {
            (_known, _stored, _size) = (found, found.Values, null);
            return;
        }

        _isDetached = true;
        ForgetValues();
    }

    private string? FindCookieId()
    {
        if (!_hasLookedForCookie)
        {
            _hasLookedForCookie = true;
            var id = _cookies is not null ? _cookies.FindId() : _model.Cookie.Find(_place);
            _cookieId = SessionId.IsOne(id) ? id : null;
        }

        return _cookieId;
    }

    private async Task<StoredSession?> FindAsync(SessionKey key, CancellationToken cancellationToken)
    {
        var started = _model.Time.GetTimestamp();
        var found = await _store.FindAsync(key, cancellationToken);
        _model.Availability.Succeeded();
        found = found is not null && found.Expires > _model.Time.GetUtcNow() ? found : null;
        SessionMetrics.Loaded(_store.Name, _model.Time.GetElapsedTime(started), found);
        if (found is not null)
        {
            _model.Copies?.Keep(found);
        }
        else
        {
            _model.Copies?.Drop(key);
        }

        return found;
    }

    private void Adopt(string id, StoredSession found)
    {
        (_id, _key, _known, _stored, _end) = (id, found.Key, found, found.Values, found.End);
        (_exists, _hasOwnTimeout, _user) = (true, found.HasOwnTimeout, found.User);
        _idle = found.HasOwnTimeout ? found.IdleTimeout : _model.IdleTimeout;
        _mustBeSecure = SessionMarks.IsSecure(found.Values);
        _isTouchDue = _model.Time.GetUtcNow() - found.Modified >= _idle / 10;
    }

    private void RunWithout(string id, SessionKey key, BackendUnavailableException error)
    {
        if (_model.Outage == SessionOutage.Fail)
        {
            Failure = error;
            throw error;
        }

        _outage = error;
        _isLoaded = true;
        if (_model.Copies?.Find(key) is { } copy)
        {
            Adopt(id, copy);
            _isTouchDue = false;
            return;
        }

        _isDetached = true;
    }

    private void EnsureId()
    {
        if (_id is null)
        {
            _id = SessionId.New();
            _key = SessionKey.Of(_id);
        }

        if (_cookies is not null)
        {
            _cookies.Id = _id;
        }
    }

    private void NoteOutage(BackendUnavailableException error)
    {
        _model.Availability.Failed(error);
        SessionMetrics.Failed(_store.Name);
    }

    // Everything that looks into the session comes through here. What a proxy says about https is known by now, and was not when it was loaded.
    private void Use()
    {
        if (!_isLoaded)
        {
            if (HasCookie)
            {
                throw SessionsErrors.NotLoaded();
            }

            _isLoaded = true;
        }

        if (_mustBeSecure && !_place.IsSecure)
        {
            _isDetached = true;
            ForgetValues();
        }

        _mustBeSecure = false;
    }

    private void ForgetValues()
    {
        (_id, _publicId, _known, _stored, _changes, _user) = (null, null, null, Nothing, null, null);
        (_exists, _isCleared, _isTouchDue, _areSettingsChanged, _isMarkedSecure) = (false, false, false, false, false);
        (_end, _size) = (null, null);
    }
}
