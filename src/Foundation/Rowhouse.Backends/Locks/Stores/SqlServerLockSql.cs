namespace Rowhouse.Backends;

/// <summary>Read with care, and not tested: no SQL Server can run where the tests do.</summary>
internal sealed class SqlServerLockSql : LockSql
{
    public SqlServerLockSql()
        : base(DatabaseKind.SqlServer)
    {
    }

    public override string Create => $"""
        create table {Table} (name nvarchar(200) collate Latin1_General_100_BIN2 not null primary key,
        owner nvarchar(200), token bigint not null, expires bigint not null)
        """;

    // holdlock keeps two from making the same row; "output" gives the token of the row that was updated.
    public override string Take => $"""
        set nocount on; set xact_abort on; begin transaction;
        if not exists (select 1 from {Table} with (updlock, holdlock) where name = @name) insert into {Table} (name, owner, token, expires) values (@name, null, 0, {Now});
        declare @now bigint = {Now};
        update {Table} set owner = @owner, token = case when token + 1 > @now then token + 1 else @now end, expires = @now + @lease
        output inserted.token where name = @name and (owner is null or expires <= @now);
        commit transaction;
        """;
}
