namespace Rowhouse.Sessions;

/// <summary>What taking out the trash needs to know of a record.</summary>
/// <param name="Modified">See <see cref="StoredSession.Modified"/>.</param>
/// <param name="Expires">See <see cref="StoredSession.Expires"/>.</param>
/// <param name="Flags">What stands in the record.</param>
internal readonly record struct RecordHeader(DateTimeOffset Modified, DateTimeOffset Expires, RecordFlags Flags)
{
    public bool IsSession => !Flags.HasFlag(RecordFlags.Successor);

    /// <summary>Whether the record is trash; a key that was renewed is when its time is over.</summary>
    public bool IsTrash(SessionTrash trash) => IsSession ? trash.Includes(Modified, Expires, Flags.HasFlag(RecordFlags.OwnTimeout)) : Expires <= trash.Now;
}
