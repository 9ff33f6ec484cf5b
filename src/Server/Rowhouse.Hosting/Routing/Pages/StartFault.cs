namespace Rowhouse.Hosting;

/// <summary>In which way the start of an app went wrong.</summary>
internal enum StartFault
{
    /// <summary>It threw an exception.</summary>
    Threw,

    /// <summary>It did not get to serving within its time limit.</summary>
    TimedOut,

    /// <summary>It called <c>Environment.Exit</c>.</summary>
    Exited,

    /// <summary>Its <c>Main</c> returned without having started a web host.</summary>
    Returned,
}
