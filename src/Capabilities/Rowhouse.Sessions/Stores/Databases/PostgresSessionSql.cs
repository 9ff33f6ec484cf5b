using System.Data.Common;

namespace Rowhouse.Sessions;

internal sealed class PostgresSessionSql : SessionSql
{
    public PostgresSessionSql(string app)
        : base(app)
    {
    }

    public override string Create => $"""
        create table if not exists {Table} (session_key varchar(64) collate "C" primary key, client_ip varchar(64), user_name varchar(200),
        created timestamptz, modified timestamptz not null, expires timestamptz not null, own_timeout smallint not null,
        successor varchar(64), version bigint not null, data bytea not null);
        create index if not exists {Table}_expires on {Table} (expires)
        """;

    public override string Insert => $"{base.Insert} on conflict (session_key) do nothing";

    // A row that is being written just now is left for the next time.
    public override string? TrashExpired => $"""
        with gone as (delete from {Table} where ctid = any (array(
        select ctid from {Table} where expires >= @since and expires <= @now order by expires limit @limit for update skip locked))
        returning successor, expires)
        select count(*), count(successor), max(expires) from gone
        """;

    public override bool IsConflict(DbException error) => error.SqlState is "40001" or "40P01" or "23505";

    public override object Time(DateTimeOffset time) => DateTime.SpecifyKind((DateTime)base.Time(time), DateTimeKind.Utc);
}
