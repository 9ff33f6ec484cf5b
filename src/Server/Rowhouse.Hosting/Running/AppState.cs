namespace Rowhouse.Hosting;

/// <summary>What an app is doing now.</summary>
public enum AppState
{
    /// <summary>No instance: it starts with the next request.</summary>
    Idle,

    /// <summary>Being built or started, and no instance serves yet.</summary>
    Starting,

    /// <summary>An instance serves.</summary>
    Running,

    /// <summary>It could not be built or started, or has ended by itself; the reason is beside it.</summary>
    Failed,

    /// <summary>Its owner took it out of service with the file <c>DISABLED</c>.</summary>
    Disabled,

    /// <summary>The server does not run.</summary>
    Stopped,
}
