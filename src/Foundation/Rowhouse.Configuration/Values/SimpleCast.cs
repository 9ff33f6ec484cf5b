namespace Rowhouse.Configuration;

/// <summary>A cast that is one function.</summary>
internal sealed class SimpleCast<T> : ValueCast<T>
{
    private readonly TryCastText _tryCast;

    public SimpleCast(string allowed, TryCastText tryCast, params string[] words)
    {
        Allowed = allowed;
        Words = words;
        _tryCast = tryCast;
    }

    public delegate bool TryCastText(string text, out T value);

    public override string Allowed { get; }

    public override IReadOnlyList<string> Words { get; }

    public override string? TryCast(string text, out T? value)
    {
        var isCast = _tryCast(text, out var found);
        value = found;
        return isCast ? null : "";
    }
}
