namespace Rowhouse.Sessions.Tests;

/// <summary>Changes as a request makes them.</summary>
internal static class Changes
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(20);

    /// <summary>A change of a session that is there.</summary>
    public static SessionChange Of(TimeProvider time, params IEnumerable<(string Name, byte[]? Value)> values) => new()
    {
        Values = values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal),
        Modified = time.GetUtcNow(),
        Expires = time.GetUtcNow() + Idle,
        IdleTimeout = Idle,
    };

    /// <summary>The first change of a session.</summary>
    public static SessionChange First(TimeProvider time, params IEnumerable<(string Name, byte[]? Value)> values) => Of(time, values) with { IsNew = true };
}
