namespace Rowhouse.Sessions;

/// <summary>Every error of this project, in one place: RH50xx.</summary>
internal static class SessionsErrors
{
    public static RowhouseException NoStore(ConnectionUri uri, IEnumerable<string> schemes) => new(
        "RH5001",
        $"'{uri}' cannot keep sessions in a place where they can be looked at. What can: {string.Join(", ", schemes)}.");

    // Stores; RH5030 is logged only, see StoresLog.
    public static RowhouseException TooManyConflicts(string store, int conflicts) => new(
        "RH5031",
        $"{store} refused a change of a session {conflicts} times because of others at the same moment. Look for what holds locks on its table.");
}
