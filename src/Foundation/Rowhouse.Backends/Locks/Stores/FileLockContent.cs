using System.Globalization;
using System.Text;

namespace Rowhouse.Backends;

/// <summary>What stands in the file of a lock: token, end of the lease in microseconds, holder (empty if nobody).</summary>
internal sealed record FileLockContent(string Owner, long Token, long Expires)
{
    private static readonly FileLockContent Free = new("", 0, 0);

    /// <summary>A new file, or one that somebody has spoilt, is a free lock: the clock makes its next token larger all the same.</summary>
    public static FileLockContent Parse(ReadOnlySpan<byte> content)
    {
        var parts = Encoding.UTF8.GetString(content).Trim().Split(' ');
        return parts.Length is 2 or 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var token)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
                ? new FileLockContent(parts.Length == 3 ? parts[2] : "", token, expires)
                : Free;
    }
}
