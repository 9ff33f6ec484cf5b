using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Rowhouse.Sessions;

/// <summary>Read with care, and not tested: no SQL Server can run where the tests do.</summary>
internal sealed class SqlServerSessionSql : SessionSql
{
    private const int DuplicateKey = 2627;
    private const int DuplicateRow = 2601;
    private const int Deadlock = 1205;

    public SqlServerSessionSql(string app)
        : base(app)
    {
    }

    public override string Create => $"""
        create table {Table} (session_key char(64) collate Latin1_General_100_BIN2 not null primary key, client_ip nvarchar(64), user_name nvarchar(200),
        created datetime2(6), modified datetime2(6) not null, expires datetime2(6) not null, own_timeout smallint not null,
        successor char(64) collate Latin1_General_100_BIN2, version bigint not null, data varbinary(max) not null, index {Table}_expires (expires))
        """;

    public override string FindLocked => $"select modified, expires, version, data from {Table} with (updlock, rowlock, holdlock) where session_key = @key";

    public override string List => $"""
        select top (@limit) modified, expires, version, data, session_key from {Table}
        where session_key > @after and expires > @now and successor is null order by session_key
        """;

    public override string? TrashExpired => $"""
        set nocount on; declare @gone table (successor char(64), expires datetime2(6));
        with page as (select top (@limit) successor, expires from {Table} with (readpast, rowlock) where expires >= @since and expires <= @now order by expires)
        delete from page output deleted.successor, deleted.expires into @gone;
        select count(*), count(successor), max(expires) from @gone
        """;

    public override string PageEnd => $"select session_key from {Table} where session_key > @after order by session_key offset @limit rows fetch next 1 rows only";

    public override bool IsConflict(DbException error) => error is SqlException { Number: DuplicateKey or DuplicateRow or Deadlock };

    // What the driver would take for a DateTime knows no microseconds, and Unicode keeps it from using the index of a char column.
    public override DbParameter Named(DbParameter parameter, string name, object value)
    {
        base.Named(parameter, name, value);
        if (value is DateTime)
        {
            parameter.DbType = DbType.DateTime2;
        }
        else if (name is "@key" or "@after" or "@last" or "@successor")
        {
            parameter.DbType = DbType.AnsiString;
        }

        return parameter;
    }
}
