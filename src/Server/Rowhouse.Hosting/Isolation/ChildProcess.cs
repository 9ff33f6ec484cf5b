namespace Rowhouse.Hosting.Isolation;

/// <summary>How a server tells its child processes what they are.</summary>
internal static class ChildProcess
{
    /// <summary>Set in a child process to the name of its app.</summary>
    public const string Variable = "ROWHOUSE_CHILD";

    public static bool IsThis => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };
}
