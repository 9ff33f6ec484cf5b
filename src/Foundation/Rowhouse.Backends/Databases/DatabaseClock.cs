namespace Rowhouse.Backends;

/// <summary>The database's own clock as microseconds since 1970 in UTC, the one clock that all nodes share.</summary>
internal static class DatabaseClock
{
    public static string Expression(DatabaseKind kind) => kind switch
    {
        // Not now(), which stands still within a transaction.
        DatabaseKind.Postgres => "(extract(epoch from clock_timestamp()) * 1000000)::bigint",

        // Not unix_timestamp(), which goes by the session's time zone and stumbles over the end of summer time.
        DatabaseKind.MySql => "timestampdiff(microsecond, '1970-01-01', utc_timestamp(6))",
        DatabaseKind.SqlServer => "datediff_big(microsecond, '1970-01-01', sysutcdatetime())",
        _ => "cast(round((julianday('now') - 2440587.5) * 86400000) as integer) * 1000",
    };

    public static string Select(DatabaseKind kind) => $"select {Expression(kind)}";

    public static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
