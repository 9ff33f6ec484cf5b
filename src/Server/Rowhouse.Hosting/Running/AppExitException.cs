namespace Rowhouse.Hosting.Running;

/// <summary>Thrown in an app that called <c>Environment.Exit</c>, to end what it was doing.</summary>
internal sealed class AppExitException : Exception
{
    public AppExitException(int exitCode)
        : base($"The app called Environment.Exit({exitCode}).")
    {
        ExitCode = exitCode;
    }

    public int ExitCode { get; }
}
