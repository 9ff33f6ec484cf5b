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

    public static RowhouseException ArchiveHidesApp(string name, string archive) => new(
        "RH1006",
        $"The archive '{archive}' was not installed: there is a folder '{name}' beside it that did not come from an archive. Move the folder away, or install under another name: rowhouse apps install FILE --name NAME.");

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

    public static RowhouseException DoesNotBuild(string app, BuildDiagnostic first) => new(
        "RH1106",
        $"The app '{app}' does not compile: {first}. 'rowhouse apps check {app}' shows all errors.");

    // Running
    public static RowhouseException StartFailed(string app, Exception cause) => new(
        "RH1201",
        $"The app '{app}' did not start: {cause.GetType().Name}: {cause.Message}",
        cause);

    public static RowhouseException StartTimedOut(string app, TimeSpan limit) => new(
        "RH1202",
        $"The app '{app}' was not ready within {limit.TotalSeconds:0.###} s. Look for what its start waits for, or allow more: start-timeout under [app:{app}] in rowhouse.ini.");

    public static RowhouseException MainReturned(string app) => new(
        "RH1203",
        $"The Main of the app '{app}' returned without running a web application: its Program.cs has to end with app.Run() or await app.RunAsync().");

    public static RowhouseException ExitAtStart(string app, int exitCode) => new(
        "RH1204",
        $"The app '{app}' called Environment.Exit({exitCode}) while it was starting.");

    public static RowhouseException NoEntryPoint(string assembly) => new(
        "RH1205",
        $"The assembly '{assembly}' has no entry point: it was built as a library. Build the app as an executable (Microsoft.NET.Sdk.Web).");

    public static RowhouseException ProbeFailed(string app, string probe, string answer, Exception? cause = null) => new(
        "RH1206",
        $"The app '{app}' started but does not work: {probe} was answered with {answer}, expected was anything below 500.",
        cause);

    public static RowhouseException StoppedAtStart(string app, string reason) => new(
        "RH1207",
        $"The app '{app}' was ready for requests and ended at once. {reason}");

    // Archives
    public static RowhouseException ArchiveUnreadable(string archive, Exception cause) => new(
        "RH1301",
        $"The archive '{archive}' cannot be read: {cause.Message} Check the path and the permissions.",
        cause);

    public static RowhouseException NotAnArchive(string archive, string reason) => new(
        "RH1302",
        $"'{archive}' is not a whole .rha archive: {reason}. Copy it again, or pack the app again with 'rowhouse apps pack'.");

    public static RowhouseException EntryDamaged(string archive, string entry, string reason, Exception? cause = null) => new(
        "RH1303",
        $"The entry '{entry}' of '{archive}' is damaged: {reason}. Copy the archive again, or pack the app again.",
        cause);

    public static RowhouseException BadManifest(string archive, string reason) => new(
        "RH1304",
        $"The archive '{archive}' has no usable '{ArchiveManifest.FileName}': {reason}. Make the archive with 'rowhouse apps pack'.");

    public static RowhouseException UnknownArchiveFormat(string archive, string format) => new(
        "RH1305",
        $"The archive '{archive}' has the format {format}; this Rowhouse reads format {ArchiveManifest.CurrentFormat}. Update Rowhouse here, or pack the app with this version.");

    public static RowhouseException NeedsNewerRuntime(string archive, string needed, string here) => new(
        "RH1306",
        $"The app in '{archive}' needs the .NET runtime {needed}; this server runs on {here}. Install the ASP.NET Core runtime {needed} and a Rowhouse for it, or pack the app for {here}.");

    public static RowhouseException UnsafeEntryName(string archive, string entry, string reason) => new(
        "RH1307",
        $"The entry '{entry}' of '{archive}' {reason}. Nothing was unpacked; do not trust this archive, or pack the app again with 'rowhouse apps pack'.");

    public static RowhouseException EntryIsNoFile(string archive, string entry, string kind) => new(
        "RH1308",
        $"The entry '{entry}' of '{archive}' is a {kind}; an archive holds files and folders only. Replace it by the file itself and pack again.");

    public static RowhouseException ArchiveTooBig(string archive, string reason) => new(
        "RH1309",
        $"The archive '{archive}' is refused: {reason}. If you trust it, make the app smaller or copy its folder to 'applications' yourself.");

    public static RowhouseException EntryUnsupported(string archive, string entry, string found) => new(
        "RH1310",
        $"The entry '{entry}' of '{archive}' is {found}; only stored and deflated entries without a password are read. Make the archive with 'rowhouse apps pack'.");

    public static RowhouseException EntriesCollide(string archive, string entry, string other) => new(
        "RH1311",
        $"The entries '{entry}' and '{other}' of '{archive}' would become the same file: a name may stand there once, upper and lower case count as the same. Rename one and pack again.");

    public static RowhouseException ForbiddenEntry(string archive, string entry, string reason) => new(
        "RH1312",
        $"The entry '{entry}' of '{archive}' does not belong into an archive: {reason}. Pack the app again with 'rowhouse apps pack', which leaves it out.");

    public static RowhouseException NoEntryAssembly(string archive, string missing) => new(
        "RH1313",
        $"There is no '{missing}' for the archive '{archive}', so the app could not start. Build the app, then pack the folder that the build wrote.");

    public static RowhouseException ContentChanged(string archive, string found, string expected) => new(
        "RH1314",
        $"The files in '{archive}' are not those that were packed: their hash is {found}, its '{ArchiveManifest.FileName}' says {expected}. Pack the app again instead of editing the archive.");

    public static RowhouseException AppExists(string name, string existing) => new(
        "RH1315",
        string.Equals(name, existing, StringComparison.Ordinal)
            ? $"There is an app '{name}' already. Replace it with --overwrite, or install under another name with --name NAME."
            : $"There is an app '{existing}' already, and names of apps that differ only in case are the same. Install with --name {existing} --overwrite, or under another name.");

    public static RowhouseException CannotPack(string folder, string reason, Exception? cause = null) => new(
        "RH1316",
        $"The folder '{folder}' cannot be packed: {reason}",
        cause);

    public static RowhouseException AppFolderNotChanged(string name, Exception cause) => new(
        "RH1317",
        $"The app '{name}' could not be put in place or removed: {cause.Message} Check free space and permissions of 'applications' and 'data', then try again.",
        cause);

    public static RowhouseException AppBusy(string name) => new(
        "RH1318",
        $"The app '{name}' is being installed or removed by another process. Wait until it is done, then try again.");
    // Listeners: RH1401 to RH1408 the URI, RH1410 to RH1419 opening it. `shown` and `listener` hold no password.
    public static RowhouseException NotAListener(string shown) => new(
        "RH1401",
        $"'{shown}' is not a listener. Write http://ADDRESS:PORT, https://ADDRESS:PORT?cert=FILE&key=FILE, unix:/PATH.sock or systemd:, for example {ServerConfig.DefaultListener}.");

    public static RowhouseException BadListenerText(string shown, string why) => new("RH1402", $"The listener '{shown}' cannot be read: {why}.");

    public static RowhouseException BadListenerHost(string shown, string why) => new("RH1403", $"The address of the listener '{shown}' cannot be used: {why}.");

    public static RowhouseException BadListenerPort(string shown, string why) => new("RH1404", $"The port of the listener '{shown}' cannot be used: {why}.");

    public static RowhouseException BadListenerOption(string shown, string why) => new("RH1405", $"An option of the listener '{shown}' cannot be used: {why}.");

    public static RowhouseException PasswordInListener(string what) => new(
        "RH1406",
        $"A listener holds {what}, but a URI is shown in logs and process lists and must hold no secret. Put the password of a key into a file and write password-file=FILE.");

    public static RowhouseException BadListenerCertificate(string shown, string why) => new("RH1407", $"The certificate of the listener '{shown}' is not given in full: {why}.");

    public static RowhouseException BadSocketPath(string shown, string why) => new("RH1408", $"The path of the listener '{shown}' cannot be used: {why}. Write unix:/PATH.sock.");

    public static RowhouseException UnreadableCertificate(string file, string why, Exception? inner = null) => new(
        "RH1410",
        $"The certificate '{file}' cannot be used: {why}. Check the files named by cert=, key= and password-file=.",
        inner);

    public static RowhouseException AddressInUse(string listener, int port, Exception inner) => new(
        "RH1411",
        $"Cannot listen on {listener}: another process has this port. 'ss -ltnp sport = :{port}' shows which; stop it, or choose another port with --listen or with 'listen' in rowhouse.ini.",
        inner);

    public static RowhouseException AddressForbidden(string listener, Exception inner) => new(
        "RH1412",
        $"Cannot listen on {listener}: the system does not allow it to this user. Ports below 1024 need the capability CAP_NET_BIND_SERVICE or systemd's socket activation (listener 'systemd:'); or choose a port from 1024.",
        inner);

    public static RowhouseException AddressNotHere(string listener, Exception inner) => new(
        "RH1413",
        $"Cannot listen on {listener}: this machine does not have this address. 'ip address' shows those it has; * stands for all of them.",
        inner);

    public static RowhouseException SocketIsLive(string path) => new(
        "RH1414",
        $"Cannot listen on unix:{path}: another process listens there. Stop it ('ss -lxp src {path}' shows which), or choose another path.");

    public static RowhouseException NotASocket(string path) => new(
        "RH1415",
        $"Cannot listen on unix:{path}: something else than a socket lies there. Move it away, or choose another path.");

    public static RowhouseException SocketNotMade(string path, string why, Exception? inner = null) => new(
        "RH1416",
        $"Cannot make the socket unix:{path}: {why}.",
        inner);

    public static RowhouseException NoSystemdSockets(string why) => new(
        "RH1417",
        $"The listener 'systemd:' takes the sockets that systemd opened, but {why}. Start the server by a .socket unit (docs/how-to/listen.md), or choose another listener.");

    public static RowhouseException SameListenerTwice(string first, string second) => new(
        "RH1418",
        first == second ? $"The listener '{first}' is given twice. Leave one out." : $"The listeners '{first}' and '{second}' take the same address. Leave one out.");

    public static RowhouseException CannotListen(string listener, string why, Exception inner) => new(
        "RH1419",
        $"Cannot listen on {listener}: {why}. Choose another address with --listen or with 'listen' in rowhouse.ini.",
        inner);

    // Isolation
    public static RowhouseException NoChildCommand(string app, string folder) => new(
        "RH1501",
        $"The app '{app}' cannot have a process of its own: this program is not the server, and there is no 'rowhouse' beside it in '{folder}'. Put it there, or set isolation = shared for the app.");

    public static RowhouseException ChildNotStarted(string app, Exception cause) => new(
        "RH1502",
        $"The child process of the app '{app}' could not be started: {cause.Message} Check the limits on processes and memory of the server's user.",
        cause);

    public static RowhouseException ChildEndedAtStart(string app, string reason) => new(
        "RH1503",
        $"The child process of the app '{app}' ended while the app was starting: {reason}. The log has what it wrote before.");

    public static RowhouseException ChildFailed(string app, string reason) => new(
        "RH1504",
        $"The app '{app}' does not run in its child process: {reason}");

    // Configuration
    public static RowhouseException BadConfigFile(string file, IReadOnlyList<string> problems) => new(
        "RH2001",
        problems.Count == 1 ? problems[0] : $"'{file}' has {problems.Count} errors:\n{string.Join('\n', problems)}");

    public static RowhouseException BadEnvironmentName(string name, string source) => new(
        "RH2002",
        $"'{name}' ({source}) cannot be the name of an environment: it has 1 to 64 letters, digits, '-', '_' and '.'. The usual ones are Development, Staging and Production.");
}
