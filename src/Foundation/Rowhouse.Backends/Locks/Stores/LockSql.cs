namespace Rowhouse.Backends;

/// <summary>
/// The statements of one dialect. The token is the backend's time in microseconds, or one more than the last if that is larger: so it grows also
/// when a row was deleted, and rows of locks that nobody took for a day need not be kept.
/// </summary>
internal abstract class LockSql
{
    public const string Table = "rowhouse_lock";

    protected LockSql(DatabaseKind kind)
    {
        Now = DatabaseClock.Expression(kind);
    }

    /// <summary>Makes the table.</summary>
    public abstract string Create { get; }

    /// <summary>Takes the lock @name for @owner for @lease microseconds and gives the token, or nothing if it is held.</summary>
    public abstract string Take { get; }

    /// <summary>Prolongs the lease of a lock that is still held.</summary>
    public string Renew => $"update {Table} set expires = {Now} + @lease where name = @name and owner = @owner and token = @token and expires > {Now}";

    /// <summary>Gives a lock back.</summary>
    public static string Release => $"update {Table} set owner = null where name = @name and owner = @owner";

    /// <summary>Deletes what nobody has taken for a day.</summary>
    public string Clean => $"delete from {Table} where expires < {Now} - {TimeSpan.FromDays(1).Ticks / TimeSpan.TicksPerMicrosecond}";

    protected string Now { get; }
}
