using System.Text;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>Changes of sessions as tests make them: begun now, for twenty minutes.</summary>
internal static class TestChange
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(20);

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A session that comes into being, or a change of one that is there.</summary>
    public static SessionChange New(params (string Key, string Value)[] values) => Of(values) with { IsNew = true };

    /// <summary>A change of a session that is there.</summary>
    public static SessionChange Of(params (string Key, string? Value)[] values)
    {
        var now = Now;
        return new SessionChange
        {
            Values = values.ToDictionary(value => value.Key, value => value.Value is null ? null : Encoding.UTF8.GetBytes(value.Value), StringComparer.Ordinal),
            Modified = now,
            Expires = now + Idle,
            IdleTimeout = Idle,
        };
    }

    /// <summary>What a session holds: <c>a=1 b=2</c>; null if there is none.</summary>
    public static string? Text(StoredSession? session) => session is null
        ? null
        : string.Join(' ', session.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={Encoding.UTF8.GetString(value.Value)}"));

    public static SessionKey NewKey() => SessionKey.Of(Guid.NewGuid().ToString("N"));
}
