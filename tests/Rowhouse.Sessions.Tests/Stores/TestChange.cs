using System.Text;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>Changes by the clock of the machine, with values that are texts.</summary>
internal static class TestChange
{
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>The first change of a session.</summary>
    public static SessionChange New(params (string Key, string? Value)[] values) => Of(values) with { IsNew = true };

    /// <summary>A change of a session that is there.</summary>
    public static SessionChange Of(params (string Key, string? Value)[] values) =>
        Changes.Of(TimeProvider.System, values.Select(value => (value.Key, value.Value is null ? null : Encoding.UTF8.GetBytes(value.Value))));

    /// <summary>What a session holds: <c>a=1 b=2</c>; null if there is none.</summary>
    public static string? Text(StoredSession? session) => session is null
        ? null
        : string.Join(' ', session.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={Encoding.UTF8.GetString(value.Value)}"));

    public static SessionKey NewKey() => SessionKey.Of(Guid.NewGuid().ToString("N"));
}
