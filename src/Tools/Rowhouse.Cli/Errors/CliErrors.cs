using Rowhouse.Configuration;
using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary>Every error of the command line, in one place: RH30xx. What the hosting reports too keeps its code.</summary>
internal static class CliErrors
{
    public static RowhouseException AnotherServerRuns(ServerRoot root, int? pid) => new(
        "RH3001",
        pid is null
            ? $"Another server holds the root '{root.Folder}' (its lock in '{root.Data}' is taken), but it does not answer. Stop it first."
            : $"Another server already serves the root '{root.Folder}': process {pid}. Stop it first (kill {pid}), or serve another root with --root DIR.");

    public static RowhouseException AppExists(string name, string path) => new(
        "RH3002",
        $"There is already an app '{name}' in '{path}'. Choose another name, or remove that one with 'rowhouse apps remove {name}'.");

    public static RowhouseException ForeignFolder(string path) => new(
        "RH3003",
        $"The folder '{path}' for the management socket is not ours alone: it must be a real folder that belongs to the user who runs the server, with mode 0700. Remove it, or set XDG_RUNTIME_DIR.");

    public static RowhouseException NoAnswer(string socket, TimeSpan timeout) => new(
        "RH3004",
        $"The server on '{socket}' did not answer within {timeout.TotalSeconds:0} s. It may be overloaded or stopped in a debugger; try again, or restart it.");

    public static RowhouseException NoSuchFile(string path) => new(
        "RH3005",
        $"There is no file '{path}'. Name an archive made by 'rowhouse apps pack'.");

    public static RowhouseException BadAnswer(string socket, string found) => new(
        "RH3006",
        $"The server on '{socket}' answered {found}, not a list of apps: it is of another version. Restart it with this one.");

    public static RowhouseException BadSecretLine(int line, string fault) => new(
        "RH3007",
        $"Line {line} of what was edited: {fault}. Nothing was changed.");

    public static RowhouseException EditorFailed(string editor, int exitCode) => new(
        "RH3008",
        $"The editor '{editor}' ended with exit code {exitCode}. Nothing was changed; name another one with the variable EDITOR.");

    public static RowhouseException NoSuchSecret(string name, string file, IReadOnlyList<string> closeMatches) => new(
        "RH3009",
        $"There is no secret '{name}' in '{file}'. "
            + (closeMatches.Count == 0 ? "'rowhouse secrets list' shows those that are there." : $"Did you mean {CloseMatches.Join(closeMatches)}?"));

    public static RowhouseException NoSessionsThere(ConnectionUri uri, string app) => new(
        "RH3010",
        uri.Scheme == "cookie"
            ? $"The sessions of '{app}' are in the visitors' cookies ({uri}): there is nothing here to look at, to end or to move. A new key for the cookies ends all of them."
            : $"The sessions of '{app}' are in the memory of the server's process ({uri}), which no other process can look into. A restart of the server ends all of them.");

    public static RowhouseException NoSuchSession(string key, string app, string place) => new(
        "RH3011",
        $"'{app}' has no session whose key begins with '{key}' in {place}; it may have ended. 'rowhouse sessions list {app}' shows those that are there.");

    public static RowhouseException AmbiguousSession(string key, IReadOnlyList<string> keys) => new(
        "RH3012",
        $"The keys of several sessions begin with '{key}': {string.Join(", ", keys)}. Name more of its digits.");

    public static RowhouseException BadSessionKey(string key, int least) => new(
        "RH3013",
        $"'{key}' is not the key of a session: {least} to 64 hexadecimal digits, as 'rowhouse sessions list' shows them. It is not what is in the visitor's cookie.");

    public static RowhouseException CopyOntoItself(ConnectionUri uri) => new(
        "RH3014",
        $"Sessions cannot be copied from {uri} onto itself. Name the other place with --from or --to.");

    public static RowhouseException ForeignSessions(ConnectionUri uri, string user) => new(
        "RH3015",
        $"The sessions in {uri} belong to the user {user}, who could not use what root makes there. Run this command as that user: sudo -u {user} rowhouse …");

    public static RowhouseException NoSuchApp(string name, string applications, IReadOnlyList<string> closeMatches) => new(
        "RH1004",
        $"There is no app '{name}' in '{applications}'. "
            + (closeMatches.Count == 0 ? "'rowhouse apps list' shows those that are there." : $"Did you mean {CloseMatches.Join(closeMatches)}?"));
}
