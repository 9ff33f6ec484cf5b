using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rowhouse.Sessions;

/// <summary>The values.</summary>
internal sealed partial class RequestSession
{
    private Dictionary<string, byte[]?>? _changes;
    private bool _isCleared;
    private long? _size;

    public IEnumerable<string> Keys
    {
        get
        {
            Use();
            var stored = _isCleared ? [] : _stored.Keys.Where(key => !SessionMarks.IsOne(key) && _changes?.ContainsKey(key) != true);
            return [.. stored, .. (_changes ?? []).Where(change => change.Value is not null && !SessionMarks.IsOne(change.Key)).Select(change => change.Key)];
        }
    }

    public bool TryGetValue(string key, [NotNullWhen(true)] out byte[]? value)
    {
        var found = Find(key);

        // Stores in memory and copies hand out what they keep.
        value = found?.ToArray();
        return found is not null;
    }

    /// <summary>The value of a key; nobody may change its bytes.</summary>
    public byte[]? Find(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Use();
        if (SessionMarks.IsOne(key))
        {
            return null;
        }

        if (_changes is not null && _changes.TryGetValue(key, out var changed))
        {
            return changed;
        }

        return !_isCleared && _stored.TryGetValue(key, out var stored) ? stored : null;
    }

    public void Set(string key, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Put(key, value.AsSpan().ToArray());
    }

    /// <summary><see cref="Set"/> for bytes that nobody else has.</summary>
    public void Put(string key, byte[] value)
    {
        CheckKey(key);
        Change(key, Find(key), value);
    }

    public void Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Find(key) is { } old)
        {
            Change(key, old, null);
        }
    }

    public void Clear()
    {
        Use();
        _changes = SessionMarks.FindIn(_changes);
        _size = null;
        _isCleared = _exists && _stored.Any(value => !SessionMarks.IsOne(value.Key));
        _error = null;
    }

    private static void CheckKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (SessionMarks.IsOne(key))
        {
            throw new ArgumentException($"Keys that begin with '{SessionMarks.Prefix}' are those of Rowhouse itself.", nameof(key));
        }
    }

    private static bool AreSame(byte[]? one, byte[]? other) => one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);

    private void Change(string key, byte[]? old, byte[]? value)
    {
        if (AreSame(old, value))
        {
            return;
        }

        MustBePossible(key, old, value);
        _changes ??= new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        if (AreSame(_isCleared ? null : _stored.GetValueOrDefault(key), value))
        {
            _changes.Remove(key);
        }
        else
        {
            _changes[key] = value;
        }

        _error = null;
    }

    private void MustBePossible(string key, byte[]? old, byte[]? value)
    {
        if (!_exists && !_isDetached && HasStarted)
        {
            throw SessionsErrors.ResponseStarted();
        }

        var keyBytes = Encoding.UTF8.GetByteCount(key);
        var size = (_size ??= MeasureSize()) - (old is null ? 0 : old.Length + keyBytes) + (value is null ? 0 : value.Length + keyBytes);
        if (value is not null && size > _model.MaxBytes)
        {
            throw SessionsErrors.TooLarge(key, value.Length, size, _model.MaxBytes);
        }

        _size = size;
    }

    private long MeasureSize()
    {
        var size = 0L;
        foreach (var key in Keys)
        {
            size += Encoding.UTF8.GetByteCount(key) + Find(key)!.Length;
        }

        return size;
    }
}
