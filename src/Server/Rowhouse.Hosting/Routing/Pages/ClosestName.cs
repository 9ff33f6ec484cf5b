namespace Rowhouse.Hosting;

/// <summary>Finds what a mistyped name was meant to be.</summary>
internal static class ClosestName
{
    /// <summary>
    /// The name with the fewest typing errors (a letter wrong, left out, too many, or two swapped), or null if none is near:
    /// at most one error in three letters.
    /// </summary>
    public static string? Find(string typed, IEnumerable<string> names)
    {
        // The names of apps are no longer than this; what is longer is no slip of the finger.
        if (typed.Length is 0 or > 64)
        {
            return null;
        }

        var limit = Math.Max(1, typed.Length / 3);
        return names
            .Select(name => (Name: name, Distance: Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    // The optimal string alignment distance, row by row; swapped letters need the row before the last.
    private static int Distance(string left, string right)
    {
        var beforeLast = new int[right.Length + 1];
        var last = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = left[i - 1] == right[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last) = (last, row);
        }

        return last[^1];
    }
}
