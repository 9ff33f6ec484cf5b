namespace Rowhouse.Configuration;

/// <summary>Turns a text into a <typeparamref name="T"/>.</summary>
internal abstract class ValueCast<T> : ValueCast
{
    /// <summary>As <see cref="ValueCast.TryCastBoxed"/>, without the box.</summary>
    public abstract string? TryCast(string text, out T? value);

    public sealed override string? TryCastBoxed(string text, out object? value)
    {
        var why = TryCast(text, out var typed);
        value = typed;
        return why;
    }
}
