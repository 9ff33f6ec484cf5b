using Rowhouse.Sessions;

namespace Rowhouse.Cli.Sessions;

/// <summary>What <c>sessions list --json</c> prints of one session.</summary>
internal sealed record SessionRow(string Key, string? User, string? Address, DateTimeOffset Created, DateTimeOffset Modified, DateTimeOffset Expires, int Values, long Bytes)
{
    public static SessionRow Of(StoredSession session) =>
        new(session.Key.ToString(), session.User, session.ClientAddress, session.Created, session.Modified, session.Expires, session.Values.Count, session.Size);
}
