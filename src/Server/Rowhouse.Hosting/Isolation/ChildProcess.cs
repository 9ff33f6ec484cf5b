namespace Rowhouse.Hosting.Isolation;

/// <summary>What a process knows of being the child of another server. Processes that an app starts in turn do not inherit it.</summary>
internal static class ChildProcess
{
    /// <summary>Set in a child process to the name of its app.</summary>
    public const string Variable = "ROWHOUSE_CHILD";

    /// <summary>Set in a child process to the addresses of its parent, separated by blanks.</summary>
    public const string AddressesVariable = "ROWHOUSE_CHILD_ADDRESSES";

    /// <summary>The app of this child process; null in a server that is nobody's child.</summary>
    public static string? App { get; } = Take(Variable);

    /// <summary>Where clients reach the parent; null in a server that is nobody's child.</summary>
    public static IReadOnlyList<string>? Addresses { get; } = App is null ? null : (Take(AddressesVariable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static bool IsThis => App is not null;

    private static string? Take(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, null);
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
