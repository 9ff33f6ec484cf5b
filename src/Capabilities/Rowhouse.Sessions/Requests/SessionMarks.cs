using System.Text;

namespace Rowhouse.Sessions;

/// <summary>What Rowhouse itself keeps among the values of a session. Apps do not see it and cannot write it.</summary>
internal static class SessionMarks
{
    /// <summary>How all keys of such values begin.</summary>
    public const string Prefix = "rowhouse:";

    private const string Secure = Prefix + "secure";
    private const string Id = Prefix + "id";

    public static bool IsOne(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    public static bool IsSecure(IReadOnlyDictionary<string, byte[]> values) => values.ContainsKey(Secure);

    /// <summary>The key under which a session was begun that has been renewed since.</summary>
    public static string? FindId(IReadOnlyDictionary<string, byte[]> values) => values.TryGetValue(Id, out var bytes) ? Encoding.ASCII.GetString(bytes) : null;

    public static void SetSecure(Dictionary<string, byte[]?> values) => values[Secure] = [1];

    public static void SetId(Dictionary<string, byte[]?> values, string id) => values[Id] = Encoding.ASCII.GetBytes(id);

    /// <summary>The marks among changes; null if there are none.</summary>
    public static Dictionary<string, byte[]?>? FindIn(Dictionary<string, byte[]?>? changes) =>
        changes is not null && changes.Keys.Any(IsOne) ? changes.Where(change => IsOne(change.Key)).ToDictionary(StringComparer.Ordinal) : null;

    /// <summary>Takes over the marks of what is about to be cleared.</summary>
    public static void Keep(IReadOnlyDictionary<string, byte[]> stored, Dictionary<string, byte[]?> values)
    {
        foreach (var (key, value) in stored)
        {
            if (IsOne(key))
            {
                values.TryAdd(key, value);
            }
        }
    }
}
