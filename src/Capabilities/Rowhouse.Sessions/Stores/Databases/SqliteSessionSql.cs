using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Rowhouse.Sessions;

internal sealed class SqliteSessionSql : SessionSql
{
    // Of the same length always, so that the order of texts is that of times; as SQLite's own functions write and read it.
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.ffffff";

    private const int Busy = 5;
    private const int Locked = 6;

    public SqliteSessionSql(string app)
        : base(app)
    {
    }

    public override string Create => $"""
        create table if not exists {Table} (session_key text not null primary key, client_ip text, user_name text,
        created text, modified text not null, expires text not null, own_timeout integer not null,
        successor text, version integer not null, data blob not null);
        create index if not exists {Table}_expires on {Table} (expires)
        """;

    // A transaction begins with the lock of writers.
    public override string FindLocked => Find;

    public override string Insert => $"{base.Insert} on conflict (session_key) do nothing";

    public override string TrashExpired => $"""
        select count(*), count(successor), max(expires) from (select successor, expires from {Table} where expires <= @now order by expires limit @limit);
        delete from {Table} where rowid in (select rowid from {Table} where expires <= @now order by expires limit @limit)
        """;

    public override bool IsConflict(DbException error) => error is SqliteException { SqliteErrorCode: Busy or Locked };

    public override object Time(DateTimeOffset time) => ((DateTime)base.Time(time)).ToString(TimeFormat, CultureInfo.InvariantCulture);

    public override DateTimeOffset ReadTime(DbDataReader reader, int column) =>
        new(DateTime.ParseExact(reader.GetString(column), TimeFormat, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
