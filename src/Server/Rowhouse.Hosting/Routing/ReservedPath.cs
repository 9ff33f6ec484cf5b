namespace Rowhouse.Hosting;

/// <summary>The paths below <c>/_rowhouse/</c> belong to the server on every host, whatever the routes say.</summary>
internal static class ReservedPath
{
    public const string Segment = "_rowhouse";

    public static bool Contains(string path) =>
        path.Length > Segment.Length
        && path[1] == '_'
        && path.AsSpan(1).StartsWith(Segment, StringComparison.OrdinalIgnoreCase)
        && (path.Length == Segment.Length + 1 || path[Segment.Length + 1] == '/');
}
