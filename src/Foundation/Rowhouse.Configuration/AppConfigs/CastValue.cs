namespace Rowhouse.Configuration;

/// <summary>A value that was cast to one type, and after it the same value cast to others.</summary>
internal abstract class CastValue
{
    public CastValue? Next { get; private set; }

    /// <summary>Puts this one, which nobody else sees yet, before others.</summary>
    public CastValue Before(CastValue next)
    {
        Next = next;
        return this;
    }
}
