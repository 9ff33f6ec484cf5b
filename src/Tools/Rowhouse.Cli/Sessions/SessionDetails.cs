using Rowhouse.Configuration;
using Rowhouse.Sessions;

namespace Rowhouse.Cli.Sessions;

/// <summary>What <c>sessions show --json</c> prints. The values are there only if they were asked for.</summary>
internal sealed record SessionDetails(
    string Key,
    string? User,
    string? Address,
    DateTimeOffset Created,
    DateTimeOffset Modified,
    DateTimeOffset Expires,
    DateTimeOffset? End,
    string Idle,
    bool HasOwnTimeout,
    IReadOnlyList<SessionValue> Values)
{
    public static SessionDetails Of(StoredSession session, bool withValues) => new(
        session.Key.ToString(),
        session.User,
        session.ClientAddress,
        session.Created,
        session.Modified,
        session.Expires,
        session.End,
        DurationText.Print(session.IdleTimeout),
        session.HasOwnTimeout,
        [.. session.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => SessionValue.Of(value.Key, value.Value, withValues))]);
}
