namespace Rowhouse.Hosting;

/// <summary>
/// Every error of this project, in one place. RH10xx discovery, RH11xx building, RH12xx running, RH13xx archives,
/// RH14xx listeners, RH15xx isolation, RH20xx configuration.
/// </summary>
internal static class HostingErrors
{
    // Discovery
    public static RowhouseException NoRoot(string start) => new(
        "RH1001",
        $"No Rowhouse root at or above '{start}': there is no folder 'applications' in it. Create one, or say where the root is with --root DIR.");

    public static RowhouseException RootMissing(string path) => new(
        "RH1002",
        $"The root '{path}' has no folder 'applications'. Create it, or name another root with --root DIR.");

    public static RowhouseException BadAppName(string name) => new(
        "RH1003",
        $"'{name}' cannot be the name of an app: a name starts with a letter or digit and goes on with letters, digits, '-' and '_', at most 64 characters in all. Rename the folder.");

    public static RowhouseException NoSuchApp(string name, string applications) => new(
        "RH1004",
        $"There is no app '{name}' in '{applications}'. 'rowhouse apps list' shows those that are there.");

    public static RowhouseException EmptyApp(string name, string path) => new(
        "RH1005",
        $"The app '{name}' has nothing to run: '{path}' holds neither sources (.cs, .cshtml, .razor) nor a .csproj nor built output (.runtimeconfig.json).");
}
