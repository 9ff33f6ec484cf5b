using System.Data.Common;
using MySqlConnector;

namespace Rowhouse.Sessions;

internal sealed class MySqlSessionSql : SessionSql
{
    public MySqlSessionSql(string app)
        : base(app)
    {
    }

    public override string Create => $"""
        create table if not exists {Table} (session_key char(64) character set ascii collate ascii_bin primary key, client_ip varchar(64), user_name varchar(200),
        created datetime(6), modified datetime(6) not null, expires datetime(6) not null, own_timeout smallint not null,
        successor char(64) character set ascii collate ascii_bin, version bigint not null, data longblob not null, index {Table}_expires (expires))
        engine = innodb character set utf8mb4
        """;

    public override string? TrashExpired => $"""
        select count(*), count(successor), max(expires) from
        (select successor, expires from {Table} where expires >= @since and expires <= @now order by expires limit @limit) as page;
        delete from {Table} where expires >= @since and expires <= @now order by expires limit @limit
        """;

    public override bool IsConflict(DbException error) => error is MySqlException
    {
        ErrorCode: MySqlErrorCode.DuplicateKeyEntry or MySqlErrorCode.LockDeadlock or MySqlErrorCode.LockWaitTimeout,
    };
}
