using System.Globalization;

namespace Rowhouse.Sessions;

/// <summary>Every error of this project, in one place: RH50xx.</summary>
internal static partial class SessionsErrors
{
    public static RowhouseException NoStore(ConnectionUri uri, IEnumerable<string> schemes) => new(
        "RH5001",
        $"'{uri}' cannot keep sessions in a place where they can be looked at. What can: {string.Join(", ", schemes)}.");

    // Stores; RH5030 is logged only, see StoresLog.
    public static RowhouseException TooManyConflicts(string store, int conflicts) => new(
        "RH5031",
        $"{store} refused a change of a session {conflicts} times because of others at the same moment. Look for what holds locks on its table.");

    // Memcached
    public static RowhouseException TooLargeForMemcached(string server, int bytes, long most) => new(
        "RH5040",
        string.Create(CultureInfo.InvariantCulture, $"A session of {bytes} bytes does not fit into memcached at {server}: an item has at most {most} bytes there, its key and some 100 bytes of memcached's own counted in. Nothing was stored. Keep less in the session, or raise the limit: 'memcached -I 2m'."));

    public static RowhouseException TooManyWriters(string store, int conflicts, TimeSpan waited) => new(
        "RH5041",
        string.Create(CultureInfo.InvariantCulture, $"A session in {store} was written by others {conflicts} times within {waited.TotalSeconds:0} s, each time between our read and our write. Nothing of this change was stored. Write it less often, or keep sessions in Redis or a database."));
}
