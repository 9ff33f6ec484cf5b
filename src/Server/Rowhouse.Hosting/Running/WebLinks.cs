namespace Rowhouse.Hosting.Running;

/// <summary>
/// Symbolic links in a web root. Those that stay in it are followed. Those that lead out are treated as if they were not there: one link to
/// the app's own folder, or to a backup, would publish its secrets. To serve another folder an app names it (a <c>PhysicalFileProvider</c>).
/// </summary>
internal static class WebLinks
{
    // As Linux itself (path_resolution(7)).
    private const int MaxLinks = 40;

    private static readonly char Slash = Path.DirectorySeparatorChar;

    /// <summary>
    /// Where <paramref name="path"/> leads: itself if there is no link below <paramref name="root"/> on the way to it (or it is not below the
    /// root at all), what the links lead to if that is in the root, else null.
    /// </summary>
    public static string? Follow(string root, string path)
    {
        var (full, top) = (Path.GetFullPath(path), Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)));
        if (!IsBelow(full, top) || !HasLink(full, top))
        {
            return path;
        }

        return Resolve(full) is { } real && Resolve(top) is { } realTop && IsBelow(real, realTop) ? real : null;
    }

    private static bool IsBelow(string path, string top) => path.StartsWith(top, StringComparison.Ordinal) && (path.Length == top.Length || path[top.Length] == Slash);

    private static bool HasLink(string path, string top)
    {
        for (var end = top.Length; end < path.Length;)
        {
            end = path.IndexOf(Slash, end + 1);
            end = end < 0 ? path.Length : end;
            if (new FileInfo(path[..end]).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    // Step by step, since ".." in a link's target counts from where the links before it have led to. Null: too many links, or a circle.
    private static string? Resolve(string path)
    {
        var links = 0;
        var here = Path.GetPathRoot(path)!;
        var ahead = new Stack<string>(Steps(path[here.Length..]));
        while (ahead.TryPop(out var step))
        {
            var next = Path.Join(here, step);
            if (step == "..")
            {
                here = Path.GetDirectoryName(here) ?? here;
            }
            else if (new FileInfo(next).LinkTarget is not { } target)
            {
                here = next;
            }
            else if (++links > MaxLinks)
            {
                return null;
            }
            else
            {
                var root = Path.GetPathRoot(target)!;
                here = root.Length > 0 ? root : here;
                Steps(target[root.Length..]).ToList().ForEach(ahead.Push);
            }
        }

        return here;
    }

    // The last one first.
    private static IEnumerable<string> Steps(string path) => path.Split(Slash).Where(step => step is not ("" or ".")).Reverse();
}
