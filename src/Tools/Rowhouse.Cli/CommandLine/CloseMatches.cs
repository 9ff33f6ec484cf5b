namespace Rowhouse.Cli;

/// <summary>Finds what the user may have meant.</summary>
internal static class CloseMatches
{
    private const int MaxMatches = 3;

    /// <summary>The candidates that differ from <paramref name="word"/> by a third of its letters at most, nearest first.</summary>
    public static IReadOnlyList<string> Find(string word, IEnumerable<string> candidates)
    {
        var limit = Math.Max(1, word.Length / 3);
        return
        [
            .. candidates
                .Select(candidate => (candidate, distance: IsCompletion(word, candidate) ? 0 : Distance(word, candidate)))
                .Where(match => match.distance <= limit)
                .OrderBy(match => match.distance)
                .ThenBy(match => match.candidate, StringComparer.Ordinal)
                .Take(MaxMatches)
                .Select(match => match.candidate),
        ];
    }

    /// <summary>Puts the matches into a sentence: 'a', 'b' or 'c'.</summary>
    public static string Join(IReadOnlyList<string> matches)
    {
        var quoted = matches.Select(match => $"'{match}'").ToArray();
        return quoted.Length == 1 ? quoted[0] : $"{string.Join(", ", quoted[..^1])} or {quoted[^1]}";
    }

    private static bool IsCompletion(string word, string candidate) =>
        word.Length >= 2 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    // Optimal string alignment: insert, delete, replace and swapping two neighbours count one each.
    private static int Distance(string left, string right)
    {
        var (a, b) = (left.ToUpperInvariant(), right.ToUpperInvariant());
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Cheapest(table, a, b, i, j);
            }
        }

        return table[a.Length, b.Length];
    }

    private static int Cheapest(int[,] table, string a, string b, int i, int j)
    {
        var replaced = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var best = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
    }
}
