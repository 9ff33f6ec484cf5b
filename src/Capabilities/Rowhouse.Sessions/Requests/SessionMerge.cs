namespace Rowhouse.Sessions;

/// <summary>Puts what a request changed over what is stored.</summary>
internal static class SessionMerge
{
    public static Dictionary<string, byte[]> Apply(IReadOnlyDictionary<string, byte[]>? stored, bool isCleared, IReadOnlyDictionary<string, byte[]?> changes)
    {
        var merged = stored is null || isCleared ? new Dictionary<string, byte[]>(StringComparer.Ordinal) : new Dictionary<string, byte[]>(stored, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            if (value is null)
            {
                merged.Remove(key);
            }
            else
            {
                merged[key] = value;
            }
        }

        return merged;
    }
}
