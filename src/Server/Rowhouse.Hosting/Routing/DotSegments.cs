namespace Rowhouse.Hosting;

/// <summary>
/// Kestrel takes <c>..</c> out of a path before it is routed (RFC 3986, section 5.2.4). Browsers do so before they send; what still has them
/// was written by somebody who wants <c>/shop/../admin</c> to pass for a path of the shop, perhaps at a proxy that looks at its beginning.
/// </summary>
internal static class DotSegments
{
    /// <summary>Whether the path as it was sent leads through a place outside the app; allocates nothing.</summary>
    /// <param name="rawTarget">The request's target as it was sent.</param>
    /// <param name="path">The path as Kestrel made it of that.</param>
    /// <param name="pathBase">Where the app is mounted.</param>
    public static bool ClimbOut(string rawTarget, string path, string pathBase)
    {
        if (rawTarget.StartsWith(path, StringComparison.Ordinal) && (rawTarget.Length == path.Length || rawTarget[path.Length] == '?'))
        {
            return false; // nearly always
        }

        // The first segment may be an app's name, even if the app at the root answers in the end.
        var floor = Math.Max(1, pathBase.AsSpan().Count('/'));
        var depth = 0;
        var sent = PathOf(rawTarget);
        foreach (var range in sent.Split('/'))
        {
            switch (DotsOf(sent[range]))
            {
                case 2 when --depth < floor:
                    return true;
                case 0:
                    depth++;
                    break;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> PathOf(string rawTarget)
    {
        var path = rawTarget.AsSpan();
        if (path is not ['/', ..] && path.IndexOf("://") is var scheme and >= 0)
        {
            path = path[(scheme + 3)..];
            path = path.IndexOf('/') is var slash and >= 0 ? path[slash..] : [];
        }

        var query = path.IndexOf('?');
        path = query < 0 ? path : path[..query];
        return path is ['/', ..] ? path[1..] : path;
    }

    // 1 for ".", 2 for "..", each dot written as such or encoded; 0 for any other segment.
    private static int DotsOf(ReadOnlySpan<char> segment)
    {
        var dots = 0;
        while (segment.Length > 0 && dots < 2)
        {
            var length = segment[0] == '.' ? 1 : segment.StartsWith("%2e", StringComparison.OrdinalIgnoreCase) ? 3 : 0;
            if (length == 0)
            {
                return 0;
            }

            segment = segment[length..];
            dots++;
        }

        return segment.Length == 0 ? dots : 0;
    }
}
