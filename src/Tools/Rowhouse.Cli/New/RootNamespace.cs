namespace Rowhouse.Cli;

/// <summary>Makes a C# namespace of an app's name.</summary>
internal static class RootNamespace
{
    // As a namespace each of these would hide a type or namespace that apps use by its short name.
    private static readonly HashSet<string> Taken =
    [
        "Console", "Controllers", "Environment", "Microsoft", "Models", "Pages", "Program", "Results", "Rowhouse", "System", "Task", "Views",
    ];

    /// <summary>
    /// <c>2nd-shop</c> becomes <c>_2ndShop</c>, <c>class</c> becomes <c>Class</c>: every part starts with a capital, which no keyword does.
    /// </summary>
    public static string Of(string app)
    {
        var parts = app.Split(['-', '_'], StringSplitOptions.RemoveEmptyEntries);
        var joined = string.Concat(parts.Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        return Taken.Contains(joined) ? joined + "App" : char.IsAsciiDigit(joined[0]) ? "_" + joined : joined;
    }
}
