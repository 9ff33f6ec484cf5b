using Microsoft.AspNetCore.Http;

namespace Rowhouse.Configuration;

/// <summary>
/// The settings that Rowhouse itself reads: they are checked before any of the app's code runs, and slips of the hand in their sections are found.
/// A capability that reads a setting adds a line here. Everything else in the file is the app's own.
/// </summary>
internal static class KnownSettings
{
    public static KnownSetting[] All { get; } =
    [
        new("db:uri", typeof(ConnectionUris), "the app's database"),
        new("keys:uri", typeof(ConnectionUri), "where the keys that protect cookies and forms are kept"),
        new("keys:cert", typeof(string), "a certificate (PFX or PEM) that encrypts them there"),
        new("keys:cert-password", typeof(string), "the certificate's password"),
        new("session:uri", typeof(ConnectionUri), "where sessions are kept"),
        new("session:idle", typeof(TimeSpan), "how long a session lives without a request"),
        new("session:absolute", typeof(DurationOrOff), "how long a session lives at most"),
        new("session:cookie", typeof(string), "the name of the session's cookie"),
        new("session:samesite", typeof(SameSiteMode), "whether the cookie comes with requests from other sites"),
        new("session:limit", typeof(long), "the most bytes that a session may hold"),
        new("session:outage", typeof(string), "what happens while sessions cannot be reached: fail, readonly or without"),
        new("session:locks", typeof(ConnectionUri), "where the locks of `[ExclusiveSession]` are kept, if not with the sessions"),
        new("session:trash", typeof(DurationOrOff), "how often expired sessions are removed"),
    ];

    public static IEnumerable<string> Check(IEnumerable<AppConfigValue> values)
    {
        foreach (var value in values)
        {
            var known = Array.Find(All, setting => setting.Key.Equals(ConfigKey.Normalize(value.Key), StringComparison.OrdinalIgnoreCase));
            if (known is not null && ValueCasts.Find(known.Type)!.Check(value) is { } problem)
            {
                yield return problem;
            }

            if (known is null && FindMeant(value.Key) is { } meant)
            {
                yield return $"{value.Source}: '{ConfigKey.Print(value.Key)}': there is no such setting (did you mean '{ConfigKey.Print(meant)}'?)";
            }
        }
    }

    private static string? FindMeant(string key)
    {
        var name = ConfigKey.LastPart(key);
        var section = key[..(key.Length - name.Length)];
        var siblings = All.Where(setting => setting.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase) && section.Length > 0);
        var nearest = Spelling.FindNearest(name, siblings.Select(setting => ConfigKey.LastPart(setting.Key)));
        return nearest is null ? null : ConfigKey.Normalize(section) + nearest;
    }
}
