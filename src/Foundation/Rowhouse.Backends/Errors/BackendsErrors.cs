namespace Rowhouse.Backends;

/// <summary>Every error of this project, in one place. RH40xx backends, RH41xx locks, RH42xx data protection keys.</summary>
internal static class BackendsErrors
{
    // Backends
    public static RowhouseException NoBackend(ConnectionUri uri, IEnumerable<string> schemes) => new(
        "RH4001",
        $"'{uri}' names no backend that can be opened; there are: {string.Join(", ", schemes)}.");

    public static BackendUnavailableException CircuitOpen(string backend, BackendState state) => new(
        "RH4002",
        $"{backend} is not asked: it has been unavailable since {state.Since:u} ({state.LastError}). It is probed in the background and used again as soon as it answers.",
        backend);

    public static BackendUnavailableException TimedOut(string backend, TimeSpan limit) => new(
        "RH4003",
        $"{backend} did not answer within {DurationText.Print(limit)}. Is it overloaded, paused or behind a firewall?",
        backend);

    public static BackendUnavailableException Unreachable(string backend, Exception cause) => new(
        "RH4004",
        $"{backend} cannot be used: {Describe(cause)}",
        backend,
        cause);

    public static RowhouseException WrongKind(ConnectionUri uri, string wanted) => new(
        "RH4005",
        $"'{uri}' is no {wanted}. Name one that is.");

    public static RowhouseException NotPossible(ConnectionUri uri, string why) => new(
        "RH4006",
        $"'{uri}' cannot be used: {why}.");

    public static RowhouseException NoTable(string backend, string table, string statement, Exception cause) => new(
        "RH4007",
        $"{backend} has no table {table}, and it cannot be made: {Describe(cause)} Let the user create tables, or create it yourself: {statement}",
        cause);

    public static RowhouseException NoDataFolder(ConnectionUri uri) => new(
        "RH4008",
        $"'{uri}' lies in the data folder, and there is none here. Write an absolute path, or name the folder (AddRowhouseBackends, DataFolder).");

    // Locks
    public static RowhouseException NoLocks(ConnectionUri uri, IEnumerable<string> schemes) => new(
        "RH4101",
        $"'{uri}' cannot keep locks. What can: {string.Join(", ", schemes)}.");

    public static RowhouseException LockBusy(string name, string backend, TimeSpan wait) => new(
        "RH4102",
        $"The lock '{name}' on {backend} was held by another one for all of {DurationText.Print(wait)}. Wait longer, or look at who holds it.");

    // Data protection keys
    public static RowhouseException NoKeys(ConnectionUri uri, IEnumerable<string> schemes) => new(
        "RH4201",
        $"'{uri}' cannot keep data protection keys. What can: {string.Join(", ", schemes)}.");

    public static RowhouseException BadCertificate(string path, string why, Exception? cause = null) => new(
        "RH4202",
        $"The certificate '{path}' cannot encrypt data protection keys: {why}. Give a PFX file, or a PEM file with certificate and key, of an RSA certificate.",
        cause);

    /// <summary>The first line of what a driver says, fit for a person.</summary>
    public static string Describe(Exception cause)
    {
        var deepest = cause;
        while (deepest.InnerException is { } inner)
        {
            deepest = inner;
        }

        var text = FirstLine(cause);
        var more = FirstLine(deepest);
        return ShownText.Of(text.Contains(more, StringComparison.Ordinal) ? text : $"{text} ({more})");
    }

    private static string FirstLine(Exception exception)
    {
        var message = exception.Message;
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? message : message[..end];
    }
}
