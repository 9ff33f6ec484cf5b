namespace Rowhouse.Hosting.Building;

/// <summary>What a changed file means, whatever the app's kind.</summary>
internal static class ChangeKinds
{
    /// <summary>Whether the file configures the app: a change starts a new instance of the same build.</summary>
    public static bool IsConfiguration(string relativePath)
    {
        var file = relativePath.StartsWith("private/", StringComparison.OrdinalIgnoreCase) ? relativePath["private/".Length..] : relativePath;
        return !file.Contains('/', StringComparison.Ordinal)
            && (IsNamed(file, "appsettings", ".json") || IsNamed(file, "appconfig", ".ini") || IsNamed(file, "appconfig", ".json"));
    }

    private static bool IsNamed(string file, string start, string end) =>
        file.StartsWith(start, StringComparison.OrdinalIgnoreCase) && file.EndsWith(end, StringComparison.OrdinalIgnoreCase);
}
