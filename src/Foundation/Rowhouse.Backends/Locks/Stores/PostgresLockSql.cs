namespace Rowhouse.Backends;

internal sealed class PostgresLockSql : LockSql
{
    public PostgresLockSql()
        : base(DatabaseKind.Postgres)
    {
    }

    public override string Create => $"create table if not exists {Table} (name varchar(200) primary key, owner varchar(200), token bigint not null, expires bigint not null)";

    // The row is locked before "where" is looked at, and clock_timestamp() is read after that: of two who come at once the second sees the first.
    public override string Take => $"""
        insert into {Table} as held (name, owner, token, expires) values (@name, @owner, {Now}, {Now} + @lease)
        on conflict (name) do update set owner = excluded.owner, token = greatest(held.token + 1, {Now}), expires = {Now} + @lease
        where held.owner is null or held.expires <= {Now}
        returning token
        """;
}
