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

    // Configuration
    public static RowhouseException BadConfigFile(string file, IReadOnlyList<string> problems) => new(
        "RH2001",
        problems.Count == 1 ? problems[0] : $"'{file}' has {problems.Count} errors:\n{string.Join('\n', problems)}");

    public static RowhouseException BadEnvironmentName(string name, string source) => new(
        "RH2002",
        $"'{name}' ({source}) cannot be the name of an environment: it has 1 to 64 letters, digits, '-', '_' and '.'. The usual ones are Development, Staging and Production.");
}
