namespace Rowhouse.Sessions;

/// <summary>What became of a change.</summary>
public enum SessionOutcome
{
    /// <summary>It is stored whole.</summary>
    Saved,

    /// <summary>The session is not there: it was removed, or is expired. Nothing was stored, since what was ended must not come back.</summary>
    Gone,

    /// <summary>Other values were stored than <see cref="SessionChange.Expected"/> says. Nothing was stored.</summary>
    Unexpected,
}
