using System.Security.Cryptography;

namespace Rowhouse.Sessions;

/// <summary>Reading, computing and writing in one; renewal and the end.</summary>
internal sealed partial class RequestSession
{
    private const int MaxAttempts = 200;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromDays(3650);

    /// <summary>Changes the value of a key atomically and saves it at once. Null means no value.</summary>
    public async Task<byte[]?> UpdateAsync(string key, Func<byte[]?, byte[]?> update, CancellationToken cancellationToken)
    {
        CheckKey(key);
        await LoadAsync(cancellationToken);
        Use();
        if (_isCleared)
        {
            await CommitAsync(cancellationToken);
        }

        for (var attempt = 1; ; attempt++)
        {
            var old = Find(key);
            var value = update(old);
            if (AreSame(old, value))
            {
                return value;
            }

            MustBePossible(key, old, value);
            _size = null;
            if (await TryUpdateAsync(key, value, cancellationToken))
            {
                return value;
            }

            if (attempt == MaxAttempts)
            {
                throw SessionsErrors.UpdateConflicts(key, attempt);
            }

            await Task.Delay(Jitter(attempt), TimeProvider.System, cancellationToken);
            await ReadAgainAsync(key, cancellationToken);
        }
    }

    /// <summary>Gives the session a new id and keeps what it holds.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(mustSendCookie: true, cancellationToken);
        if (!_exists || _isDetached)
        {
            // Nobody knows an id that was never sent.
            return;
        }

        var (began, newId) = (Id, SessionId.New());
        var newKey = SessionKey.Of(newId);
        if (!await CallAsync(() => _store.RenewAsync(_key, newKey, cancellationToken)))
        {
            _isDetached = true;
            return;
        }

        _model.Copies?.Drop(_key);
        (_id, _key, _known, _mustGiveCookie, _isMoved) = (newId, newKey, null, true, false);
        if (_cookies is not null)
        {
            _cookies.Id = newId;
        }

        if (SessionMarks.FindId(_stored) is null)
        {
            SessionMarks.SetId(_changes ??= new Dictionary<string, byte[]?>(StringComparer.Ordinal), began);
        }
    }

    /// <summary>Removes the session and deletes its cookie.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(mustSendCookie: _cookies is not null, cancellationToken);
        if (_isDetached)
        {
            return;
        }

        if (_exists)
        {
            await CallAsync(() => _store.RemoveAsync(_key, cancellationToken));
            _model.Copies?.Drop(_key);
        }

        ForgetValues();
        (_mustGiveCookie, _mustTakeCookie, _hasOwnTimeout, _idle) = (false, HasCookie && !HasStarted, false, _model.IdleTimeout);
    }

    /// <summary>From the next request on the session is served where nobody can listen.</summary>
    public void Secure()
    {
        Use();
        _isMarkedSecure = !SessionMarks.IsSecure(_stored);
        _areSettingsChanged |= _isMarkedSecure;
    }

    public void SetIdleTimeout(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, LongestIdle);
        Use();
        if (_exists && HasStarted)
        {
            throw SessionsErrors.ResponseStarted();
        }

        _areSettingsChanged |= !_hasOwnTimeout || _idle != timeout;
        (_idle, _hasOwnTimeout) = (timeout, true);
    }

    private static TimeSpan Jitter(int attempt)
    {
        // Two that collide once often do again at once; later ones get out of each other's way.
        var longest = Math.Min(1 << Math.Min(attempt, 6), (int)LongestPause.TotalMilliseconds);
        return TimeSpan.FromMicroseconds(RandomNumberGenerator.GetInt32(longest * 1000));
    }

    // Somebody else was faster; what he stored is what to begin with.
    private async Task ReadAgainAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            _known = await FindAsync(_key, cancellationToken) ?? throw EndedWhile(key);
            (_stored, _size) = (_known.Values, null);
        }
        catch (BackendUnavailableException e)
        {
            NoteOutage(e);
            if (_model.Outage != SessionOutage.Without)
            {
                Failure = e;
                throw;
            }

            (_outage, _isDetached) = (e, true);
        }
    }

    private async Task<bool> TryUpdateAsync(string key, byte[]? value, CancellationToken cancellationToken)
    {
        if (_isDetached)
        {
            (_changes ??= new Dictionary<string, byte[]?>(StringComparer.Ordinal))[key] = value;
            return true;
        }

        EnsureId();
        var change = Describe(new Dictionary<string, byte[]?>(StringComparer.Ordinal) { [key] = value }, isCleared: false) with
        {
            Expected = new Dictionary<string, byte[]?>(StringComparer.Ordinal) { [key] = _stored.GetValueOrDefault(key) },
        };
        SessionCommit commit;
        try
        {
            commit = await SendAsync(change, cancellationToken);
        }
        catch (BackendUnavailableException e) when (_model.Outage == SessionOutage.Without)
        {
            (_outage, _isDetached) = (e, true);
            return await TryUpdateAsync(key, value, cancellationToken);
        }

        if (commit.Outcome == SessionOutcome.Unexpected)
        {
            Follow(commit.Successor);
            return false;
        }

        Saved(change, commit);
        _changes?.Remove(key);
        return commit.Outcome == SessionOutcome.Saved ? true : throw SessionsErrors.Ended(key);
    }

    // Another request has renewed the session: there it is to be read again.
    private void Follow(SessionKey? successor)
    {
        if (successor is { } key)
        {
            _publicId = Id;
            (_key, _isMoved) = (key, true);
        }
    }

    private RowhouseException EndedWhile(string key)
    {
        _isDetached = true;
        return SessionsErrors.Ended(key);
    }

    // What is to protect somebody must not seem to be done: here an outage is an error under every policy.
    private async Task PrepareAsync(bool mustSendCookie, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Use();
        if (_outage is not null)
        {
            Failure = _outage;
            throw _outage;
        }

        if (mustSendCookie && _exists && HasStarted)
        {
            throw SessionsErrors.ResponseStarted();
        }
    }

    private async Task<bool> CallAsync(Func<Task<bool>> call)
    {
        try
        {
            MustStillHold();
            return await call();
        }
        catch (BackendUnavailableException e)
        {
            NoteOutage(e);
            Fail(e);
            throw;
        }
    }
}
