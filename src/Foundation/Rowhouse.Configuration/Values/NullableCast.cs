namespace Rowhouse.Configuration;

/// <summary>What another cast takes, or nothing.</summary>
internal sealed class NullableCast<T> : ValueCast<T?>
    where T : struct
{
    private readonly ValueCast<T> _inner;

    public NullableCast(ValueCast<T> inner)
    {
        _inner = inner;
    }

    public override string Allowed => $"{_inner.Allowed}, or nothing";

    public override IReadOnlyList<string> Words => _inner.Words;

    public override string? TryCast(string text, out T? value)
    {
        value = null;
        if (text.Length == 0)
        {
            return null;
        }

        var why = _inner.TryCast(text, out var found);
        value = found;
        return why;
    }
}
