namespace Rowhouse.Cli;

/// <summary>What the command line tells its caller; part of its interface.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Understood, but it did not work.</summary>
    public const int Failed = 1;

    /// <summary>Not understood.</summary>
    public const int WrongUsage = 2;

    /// <summary>Ended by Ctrl+C before it was done: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
