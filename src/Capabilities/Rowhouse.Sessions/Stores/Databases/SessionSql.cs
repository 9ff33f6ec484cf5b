using System.Data.Common;

namespace Rowhouse.Sessions;

/// <summary>
/// The statements of one dialect. A column <c>version</c> changes with each commit, so that a commit is one statement which does nothing if another
/// one was faster. A row with a <c>successor</c> is a key that was renewed.
/// </summary>
internal abstract class SessionSql
{
    protected SessionSql(string app)
    {
        Table = SessionTableName.Of(app);
    }

    /// <summary>The name of the table.</summary>
    public string Table { get; }

    /// <summary>Makes the table.</summary>
    public abstract string Create { get; }

    /// <summary>What stands under @key.</summary>
    public virtual string Find => $"select modified, expires, version, data from {Table} where session_key = @key";

    /// <summary>The same, and nobody else may change it until the transaction ends.</summary>
    public virtual string FindLocked => $"{Find} for update";

    /// <summary>Adds a row; where it does nothing, or fails as <see cref="IsConflict"/> says, there is one.</summary>
    public virtual string Insert => $"""
        insert into {Table} (session_key, client_ip, user_name, created, modified, expires, own_timeout, successor, version, data)
        values (@key, @client, @user, @created, @modified, @expires, @own, @successor, @next, @data)
        """;

    /// <summary>Changes a session that is as it was read.</summary>
    public string Update => $"""
        update {Table} set user_name = @user, modified = @modified, expires = @expires, own_timeout = @own, version = @next, data = @data
        where session_key = @key and version = @version and expires > @now
        """;

    /// <summary>Puts something else in the place of a row that is as it was read.</summary>
    public string Replace => $"""
        update {Table} set client_ip = @client, user_name = @user, created = @created, modified = @modified, expires = @expires, own_timeout = @own,
        successor = @successor, version = @next, data = @data
        where session_key = @key and version = @version
        """;

    /// <summary>Tells that a session is alive, and never shortens its life.</summary>
    public string Touch => $"""
        update {Table} set modified = case when modified > @modified then modified else @modified end,
        expires = case when expires > @expires then expires else @expires end
        where session_key = @key and expires > @now and successor is null
        """;

    public string RemoveAlive => $"delete from {Table} where session_key = @key and expires > @now and successor is null";

    /// <summary>Removes what is left under a key by @now; one that was renewed stays.</summary>
    public string RemoveExpired => $"delete from {Table} where session_key = @key and expires <= @now";

    /// <summary>The first @limit sessions behind @after that are not expired.</summary>
    public virtual string List => $"""
        select modified, expires, version, data, session_key from {Table}
        where session_key > @after and expires > @now and successor is null order by session_key limit @limit
        """;

    /// <summary>
    /// Removes the first @limit rows, at least @since old, that are expired by @now: gives how many there were, how many of them were renewed keys, and
    /// when the last one expired. Null if there is no index for it, and all rows are looked at, page by page.
    /// </summary>
    public virtual string? TrashExpired => null;

    /// <summary>
    /// Removes the first @limit rows that are trash in @blocks blocks of the table beginning with @from: gives how many there were, how many of them
    /// were renewed keys, the block of the last one, and how many blocks the table has. Null if blocks cannot be asked for.
    /// </summary>
    public virtual string? TrashBlocks => null;

    /// <summary>The key of the row that comes @limit rows behind @after.</summary>
    public virtual string PageEnd => $"select session_key from {Table} where session_key > @after order by session_key limit 1 offset @limit";

    /// <summary>Removes from a page what is expired by @now or has no sign of life since @cutoff.</summary>
    public string TrashPage => $"""
        delete from {Table} where session_key > @after and session_key <= @last and successor is null
        and (expires <= @now or (modified <= @cutoff and own_timeout <= @own))
        """;

    /// <summary>Removes from a page the keys that were renewed, when their time is over.</summary>
    public string TrashSuccessors => $"delete from {Table} where session_key > @after and session_key <= @last and expires <= @now and successor is not null";

    /// <summary>Whether the database could not tell who of two comes first, and one of them is to try again.</summary>
    public abstract bool IsConflict(DbException error);

    /// <summary>A time as a parameter: UTC, and whole microseconds, which all of them keep.</summary>
    public virtual object Time(DateTimeOffset time) => new DateTime(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);

    /// <summary>A time that was read.</summary>
    public virtual DateTimeOffset ReadTime(DbDataReader reader, int column) => new(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc));

    public virtual DbParameter Named(DbParameter parameter, string name, object value)
    {
        (parameter.ParameterName, parameter.Value) = (name, value);
        return parameter;
    }
}
