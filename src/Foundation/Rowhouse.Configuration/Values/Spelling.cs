namespace Rowhouse.Configuration;

/// <summary>Finds what somebody probably meant to write.</summary>
internal static class Spelling
{
    private const int MaxDistance = 2;

    // A longer word is not a slip of the hand, and the distance costs time by its square.
    private const int MaxLength = 64;

    /// <summary>A hint to be put behind what was found, <c> (did you mean 'listen'?)</c>, or nothing.</summary>
    public static string Suggest(string word, IEnumerable<string> candidates) =>
        FindNearest(word, candidates) is { } nearest ? $" (did you mean '{nearest}'?)" : "";

    /// <summary>The candidate that lies nearest to <paramref name="word"/>, if one is near enough.</summary>
    public static string? FindNearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > MaxLength)
        {
            return null;
        }

        var (nearest, distance) = candidates
            .Select(candidate => (candidate, Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.Item2)
            .FirstOrDefault();

        // In a short word two changed letters are another word.
        return nearest is not null && distance <= MaxDistance && distance * 2 < Math.Max(nearest.Length, word.Length) ? nearest : null;
    }

    // Insertions, deletions, replacements, and two neighbours that changed places ("optimal string alignment").
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Step(rows, a, b, i, j);
            }
        }

        return rows[a.Length, b.Length];
    }

    private static int Step(int[,] rows, string a, string b, int i, int j)
    {
        var replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var best = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
        var hasSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return hasSwap ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
    }
}
