using System.Net;
using System.Runtime.ExceptionServices;

namespace Rowhouse.Sessions;

/// <summary>Saving.</summary>
internal sealed partial class RequestSession
{
    private SessionHold? _hold;
    private BackendUnavailableException? _outage;
    private ExceptionDispatchInfo? _error;
    private bool _areSettingsChanged;
    private bool _isMarkedSecure;
    private bool _mustBeSecure;
    private bool _isTouchDue;
    private bool _mustGiveCookie;
    private bool _mustTakeCookie;

    /// <summary>Whether saving has failed when it was too late for another answer.</summary>
    private bool _hasFailedLate;

    /// <summary>Whether another request has renewed the session, whose cookie is then that request's affair.</summary>
    private bool _isMoved;

    /// <summary>Whether there is something that has to be saved before the response begins.</summary>
    public bool MustSave => Failure is null && _error is null && HasPending;

    /// <summary>Whether another request may have this session for itself by now, though this one was told it had.</summary>
    public bool HasLostHold => _hold is { IsLost: true };

    // Where the cookie has to be sent again with a new life, a touch is a save.
    private bool HasPending => !_isDetached && (HasChanges || (_isTouchDue && (_hasOwnTimeout || _cookies is not null) && !HasStarted));

    // Who signs in is known to the app after his session was saved, often in the next request only.
    private bool IsUserNew => _exists && _cookies is null && _outage is null && FindUser() is { } user && user != _user;

    private bool HasChanges => _changes is { Count: > 0 } || _isCleared || (_exists && _areSettingsChanged);

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        if (Failure is not null)
        {
            ExceptionDispatchInfo.Throw(Failure);
        }

        _error?.Throw();
        if (!HasPending)
        {
            return;
        }

        Use();
        if (!HasPending)
        {
            return;
        }

        try
        {
            EnsureId();
            var change = Describe();
            Saved(change, await SendAsync(change, cancellationToken));
        }
        catch (BackendUnavailableException e) when (!HasChanges)
        {
            // It was only to be noted that the session is alive.
            _isTouchDue = false;
            Log.NotTouched(_model.Log, e.Message);
        }
        catch (BackendUnavailableException e) when (_model.Outage == SessionOutage.Without)
        {
            (_outage, _isDetached) = (e, true);
        }
    }

    /// <summary>Saves what is not yet saved, at the end of the request.</summary>
    public async Task FinishAsync()
    {
        if (MustSave)
        {
            await CommitAsync();
        }

        if (_mustBeSecure)
        {
            Use();
        }

        if ((_isTouchDue || IsUserNew) && !_isDetached && Failure is null && _error is null)
        {
            await TouchAsync();
        }

        // Who called has caught it; that the change was not saved must not be lost.
        if (_hasFailedLate && Failure is not null)
        {
            ExceptionDispatchInfo.Throw(Failure);
        }

        if (_hasFailedLate || !HasStarted)
        {
            _error?.Throw();
        }
    }

    /// <summary>Gives the session back to others who want it for themselves.</summary>
    public ValueTask ReleaseAsync() => _hold?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Sets or deletes the cookie. It is the last thing before the response begins, so that nobody clears it away any more.</summary>
    public void SendCookie()
    {
        if (!_mustGiveCookie && !_mustTakeCookie)
        {
            return;
        }

        TimeSpan? maxAge = _hasOwnTimeout ? _idle : null;
        switch (_cookies, _mustGiveCookie)
        {
            case (null, true):
                _model.Cookie.Give(_place, _id!, maxAge);
                break;
            case (null, false):
                _model.Cookie.Take(_place);
                break;
            case ({ } cookies, true):
                cookies.Give(maxAge);
                break;
            case ({ } cookies, false):
                cookies.Take();
                break;
        }

        var headers = _context.Response.Headers;
        headers.CacheControl = "no-cache,no-store";
        headers.Pragma = "no-cache";
        headers.Expires = "-1";
    }

    private async Task<SessionCommit> SendAsync(SessionChange change, CancellationToken cancellationToken)
    {
        if (_outage is not null)
        {
            // What was changed was computed from an old copy, even if the backend is back by now.
            Fail(_outage);
            throw _outage;
        }

        try
        {
            MustStillHold();
            var started = _model.Time.GetTimestamp();
            var commit = await _store.CommitAsync(_key, change, _known, cancellationToken);
            _model.Availability.Succeeded();
            SessionMetrics.Saved(_store.Name, _model.Time.GetElapsedTime(started), commit, change);
            return commit;
        }
        catch (BackendUnavailableException e)
        {
            NoteOutage(e);
            if (_model.Outage != SessionOutage.Without && (HasChanges || change.Expected is not null))
            {
                Fail(e);
            }

            throw;
        }
        catch (Exception e) when (e is not OperationCanceledException && Failure is null && change.Expected is null)
        {
            // An update that fails fails alone; what else is to be saved can be.
            (_error, _hasFailedLate) = (ExceptionDispatchInfo.Capture(e), HasStarted);
            throw;
        }
    }

    private void Fail(RowhouseException failure) => (Failure, _hasFailedLate) = (failure, HasStarted);

    private void MustStillHold()
    {
        if (HasLostHold)
        {
            var failure = SessionsErrors.LockLost();
            Fail(failure);
            throw failure;
        }
    }

    private SessionChange Describe()
    {
        var values = _changes ?? new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        if (_isCleared)
        {
            SessionMarks.Keep(_stored, values);
        }

        return Describe(values, _isCleared);
    }

    private SessionChange Describe(Dictionary<string, byte[]?> values, bool isCleared)
    {
        if (_isMarkedSecure)
        {
            SessionMarks.SetSecure(values);
        }

        var now = _model.Time.GetUtcNow();
        _end = _exists ? _end : now + _model.AbsoluteTimeout;
        return new SessionChange
        {
            IsNew = !_exists,
            IsCleared = isCleared,
            Values = values,
            Modified = now,
            Expires = ExpiresAfter(now),
            End = _end,
            IdleTimeout = _idle,
            HasOwnTimeout = _hasOwnTimeout,
            User = FindUser(),
            ClientAddress = _exists ? _known?.ClientAddress : Print(_context.Connection.RemoteIpAddress),
        };
    }

    private void Saved(SessionChange change, SessionCommit commit)
    {
        if (commit.Outcome == SessionOutcome.Gone)
        {
            Log.Gone(_model.Log);
            _model.Copies?.Drop(_key);
            _isDetached = true;
            return;
        }

        _isMoved |= commit.IsMoved;
        _mustGiveCookie |= !_exists || ((_hasOwnTimeout || _cookies is not null) && !_isMoved && !HasStarted);
        _mustTakeCookie &= !_mustGiveCookie;
        _stored = SessionMerge.Merged(change.IsCleared ? Nothing : _stored, change.Values);
        _user = change.User ?? _user;
        (_exists, _known, _isMarkedSecure, _areSettingsChanged, _isTouchDue) = (true, null, false, false, false);
        if (change.Expected is null)
        {
            (_changes, _isCleared) = (null, false);
        }

        KeepCopy(change);
    }

    private void KeepCopy(SessionChange change)
    {
        // Under an old key nothing is found, and so no copy.
        if (_model.Copies is { } copies && !_isMoved)
        {
            copies.Keep(new StoredSession
            {
                Key = _key,
                Created = change.Modified,
                Modified = change.Modified,
                Expires = change.Expires,
                End = change.End,
                IdleTimeout = change.IdleTimeout,
                HasOwnTimeout = change.HasOwnTimeout,
                User = _user,
                Values = _stored,
            });
        }
    }

    private async Task TouchAsync()
    {
        var now = _model.Time.GetUtcNow();
        _isTouchDue = false;
        try
        {
            if (IsUserNew)
            {
                var change = Describe(new Dictionary<string, byte[]?>(StringComparer.Ordinal), isCleared: false);
                await _store.CommitAsync(_key, change, _known);
                return;
            }

            await _store.TouchAsync(_key, now, ExpiresAfter(now));
        }
        catch (BackendUnavailableException e)
        {
            // The visitor loses a tenth of the time-out at most, and nothing else.
            NoteOutage(e);
            Log.NotTouched(_model.Log, e.Message);
        }
    }

    private DateTimeOffset ExpiresAfter(DateTimeOffset now) => _end is { } end && end < now + _idle ? end : now + _idle;

    private string? FindUser() => _context.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } ? name : null;

    private static string? Print(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}
