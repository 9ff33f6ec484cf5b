namespace Rowhouse.Backends;

/// <summary>Whether calls go through to a backend.</summary>
public enum BackendCircuit
{
    /// <summary>Calls go through.</summary>
    Closed,

    /// <summary>The backend failed: calls fail at once.</summary>
    Open,

    /// <summary>The backend failed, calls fail at once, and a probe is under way.</summary>
    HalfOpen,
}
