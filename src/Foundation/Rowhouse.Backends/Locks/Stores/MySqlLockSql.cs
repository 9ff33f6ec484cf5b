namespace Rowhouse.Backends;

internal sealed class MySqlLockSql : LockSql
{
    public MySqlLockSql()
        : base(DatabaseKind.MySql)
    {
    }

    // Names differ by case and accents: without the collation they would not.
    public override string Create => $"""
        create table if not exists {Table} (name varchar(200) character set utf8mb4 collate utf8mb4_bin primary key,
        owner varchar(200) character set utf8mb4 collate utf8mb4_bin, token bigint not null, expires bigint not null) engine = innodb
        """;

    // An "insert … on duplicate key update" cannot say whether it took the lock. So the row is made first if there is none, without an owner;
    // last_insert_id(x) hands the token of the update over to the select, within this connection.
    public override string Take => $"""
        insert ignore into {Table} (name, owner, token, expires) values (@name, null, 0, {Now});
        update {Table} set owner = @owner, token = last_insert_id(greatest(token + 1, {Now})), expires = {Now} + @lease
        where name = @name and (owner is null or expires <= {Now});
        select last_insert_id() from dual where row_count() > 0
        """;
}
