namespace Rowhouse.Backends;

internal sealed class SqliteLockSql : LockSql
{
    public SqliteLockSql()
        : base(DatabaseKind.Sqlite)
    {
    }

    public override string Create => $"create table if not exists {Table} (name text primary key, owner text, token integer not null, expires integer not null)";

    public override string Take => $"""
        insert into {Table} (name, owner, token, expires) values (@name, @owner, {Now}, {Now} + @lease)
        on conflict (name) do update set owner = excluded.owner, token = max({Table}.token + 1, {Now}), expires = {Now} + @lease
        where {Table}.owner is null or {Table}.expires <= {Now}
        returning token
        """;
}
