using System.Data.Common;

namespace Rowhouse.Sessions;

internal sealed class PostgresSessionSql : SessionSql
{
    public PostgresSessionSql(string app)
        : base(app)
    {
    }

    // No index of "expires": without it PostgreSQL changes a row in its own page (a heap-only tuple), for which some room is left there, and no index.
    public override string Create => $"""
        create table if not exists {Table} (session_key varchar(64) collate "C" primary key, client_ip varchar(64), user_name varchar(200),
        created timestamptz, modified timestamptz not null, expires timestamptz not null, own_timeout smallint not null,
        successor varchar(64), version bigint not null, data bytea not null) with (fillfactor = 80)
        """;

    public override string Insert => $"{base.Insert} on conflict (session_key) do nothing";

    // In the order in which the rows lie (PostgreSQL 14 finds a range of them without looking at others). A row that is written meanwhile lies elsewhere
    // then, and stays.
    public override string TrashBlocks => $"""
        with gone as (delete from {Table} where ctid = any (array(
        select ctid from {Table} where ctid >= format('(%s,0)', @from::bigint)::tid and ctid < format('(%s,0)', @from::bigint + @blocks::bigint)::tid
        and (expires <= @now or (successor is null and modified <= @cutoff and own_timeout <= @own)) limit @limit))
        returning ctid, successor)
        select count(*), count(successor), max((ctid::text::point)[0]::bigint), pg_relation_size('{Table}') / current_setting('block_size')::bigint from gone
        """;

    public override bool IsConflict(DbException error) => error.SqlState is "40001" or "40P01" or "23505";

    public override object Time(DateTimeOffset time) => DateTime.SpecifyKind((DateTime)base.Time(time), DateTimeKind.Utc);
}
