namespace Rowhouse.Sessions;

/// <summary>Every error of this project, in one place: RH50xx.</summary>
internal static partial class SessionsErrors
{
    public static RowhouseException NotLoaded() => new(
        "RH5010",
        "The session was used before it was loaded, and no thread is blocked to load it now. It is loaded where the endpoint is chosen, unless that says [NoSession]; earlier or without endpoints write 'await HttpContext.Session.LoadAsync()' first.");

    public static RowhouseException BadSettings(IReadOnlyCollection<string> problems) => new(
        "RH5011",
        problems.Count == 1 ? problems.First() : $"The settings of the sessions have {problems.Count} errors:\n{string.Join('\n', problems)}");

    public static RowhouseException NotRowhouse(Type type) => new(
        "RH5012",
        $"The session is a {type.FullName} and none of Rowhouse: this method needs 'builder.AddRowhouseSessions()', and no other ISessionStore.");

    public static RowhouseException ResponseStarted() => new(
        "RH5013",
        "The response has begun, so no cookie can be sent any more: a session must come into being, be renewed or be forgotten before that.");

    public static RowhouseException TooLarge(string key, long bytes, long session, long limit) => new(
        "RH5014",
        $"The session cannot take '{ShownText.Clean(key)}' of {bytes} bytes: it would hold {session} bytes and may hold {limit}. Keep less in it, and large things elsewhere, or raise 'session.limit'.");

    public static RowhouseException BadJson(string key, Type type, Exception cause) => new(
        "RH5015",
        $"What the session holds as '{ShownText.Clean(key)}' is no {type.Name} in JSON. Was it written as another type, or before that was changed? Use another key, or remove the old value.",
        cause);

    public static RowhouseException LockLost() => new(
        "RH5016",
        "The lock of this [ExclusiveSession] could not be renewed in time and another request may have it by now; the session was not changed. Try again.");

    public static RowhouseException Ended(string key) => new(
        "RH5017",
        $"The session ended while '{ShownText.Clean(key)}' was being updated: it was removed, or expired. Nothing was stored.");

    public static RowhouseException UpdateConflicts(string key, int attempts) => new(
        "RH5018",
        $"'{ShownText.Clean(key)}' of the session could not be updated: others were faster {attempts} times. Update it less often, or split it into several keys.");

    public static RowhouseException NoLocks(string place) => new(
        "RH5019",
        $"[ExclusiveSession] needs locks, and '{place}' keeps none. Name a backend that does (file, sqlite, postgres, mysql, mssql, redis) in the setting 'session.locks'.");

    public static RowhouseException CookieTooLarge(string key, long bytes, int length, int limit) => new(
        "RH5020",
        $"The session does not fit into cookies: protected and compressed it has {length} characters, and {limit} fit. The largest value is '{ShownText.Clean(key)}' with {bytes} bytes. Keep less in it, or keep sessions elsewhere than in 'cookie:' ('session.uri').");

    public static RowhouseException ExclusiveBusy(TimeSpan wait) => new(
        "RH5021",
        $"Another request had this session for itself for all of {DurationText.Print(wait)}. Try again.");
}
