using System.Security.Cryptography;

namespace Rowhouse.Hosting.Building;

/// <summary>The files of a build, and whether they are still what was written.</summary>
internal static class BuildFiles
{
    public static async Task<IReadOnlyDictionary<string, string>> HashAsync(string folder, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = File.OpenRead(path);
            files.Add(Path.GetRelativePath(folder, path).Replace('\\', '/'), Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false)));
        }

        return files;
    }

    /// <summary>
    /// Whether each file is there and whole. A length would not do: after a power cut a file can have its length and nothing in it.
    /// </summary>
    public static bool AreWhole(string folder, IReadOnlyDictionary<string, string> files) =>
        files.All(file => IsWhole(Path.Combine(folder, file.Key), file.Value));

    private static bool IsWhole(string path, string hash)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream)) == hash;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
