namespace Rowhouse.Configuration;

/// <summary>A value that was cast, or the knowledge that there is none.</summary>
internal sealed class CastValue<T> : CastValue
{
    public CastValue(bool exists, T? value)
    {
        Exists = exists;
        Value = value;
    }

    public bool Exists { get; }

    public T? Value { get; }
}
