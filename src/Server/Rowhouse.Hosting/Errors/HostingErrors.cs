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

    // Building
    public static BuildDiagnostic ScopedCss(string file) => new(
        BuildSeverity.Warning,
        "RH1101",
        file,
        0,
        0,
        "Scoped CSS is left out of a source app. Move the rules to a style sheet in wwwroot/, or make the app a project app (rowhouse new --template project).");

    public static RowhouseException NoSdk(string app) => new(
        "RH1102",
        $"The project app '{app}' has to be built, and there is no .NET SDK on this machine. Install the .NET 10 SDK, or pack the app where there is one (rowhouse apps pack {app}) and install the archive here.");

    public static RowhouseException BuildFailed(string app, string output) => new(
        "RH1103",
        $"dotnet could not build '{app}': {output}");

    public static RowhouseException NoOutput(string app, string folder) => new(
        "RH1104",
        $"'{app}' was built, but there is no .runtimeconfig.json with its .dll in '{folder}'. Is it an executable (Microsoft.NET.Sdk.Web)?");

    public static RowhouseException NeedsRuntime(string app, string wanted, string actual) => new(
        "RH1105",
        $"The packed app '{app}' was built for .NET {wanted}; this server runs on .NET {actual}. Build it for .NET 10, or run a newer server.");

    // Running
    public static RowhouseException StartFailed(string app, Exception cause) => new(
        "RH1201",
        $"The app '{app}' did not start: {cause.GetType().Name}: {cause.Message}",
        cause);

    public static RowhouseException StartTimedOut(string app, TimeSpan limit) => new(
        "RH1202",
        $"The app '{app}' was not ready within {limit.TotalSeconds:0} s. Look for what its start waits for, or allow more: start-timeout under [app:{app}] in rowhouse.ini.");

    public static RowhouseException MainReturned(string app) => new(
        "RH1203",
        $"The Main of the app '{app}' returned without running a web application: its Program.cs has to end with app.Run() or await app.RunAsync().");

    public static RowhouseException ExitAtStart(string app, int exitCode) => new(
        "RH1204",
        $"The app '{app}' called Environment.Exit({exitCode}) while it was starting.");

    public static RowhouseException NoEntryPoint(string assembly) => new(
        "RH1205",
        $"The assembly '{assembly}' has no entry point: it was built as a library. Build the app as an executable (Microsoft.NET.Sdk.Web).");

    public static RowhouseException ProbeFailed(string app, string probe, string answer) => new(
        "RH1206",
        $"The app '{app}' started but does not work: {probe} was answered with {answer}, expected was anything below 500.");
}
