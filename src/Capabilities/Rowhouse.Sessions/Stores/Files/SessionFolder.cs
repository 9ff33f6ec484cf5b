using System.Text;

namespace Rowhouse.Sessions;

/// <summary>Where the files of the sessions of an app lie: <c>sessions/APP/ab/cd/KEY</c>, so that no folder becomes large.</summary>
internal sealed class SessionFolder
{
    private const int LockBits = 10;
    private const int Digits = 2;

    private readonly string _root;

    public SessionFolder(FileBackend files, string app)
    {
        _root = files.PathOf($"sessions/{Escape(app)}");
    }

    /// <summary>How many locks there are: many sessions share one, which is held for microseconds, so that there need not be a file for each.</summary>
    public static int Locks => 1 << LockBits;

    public string PathOf(SessionKey key)
    {
        var name = key.ToString();
        return Path.Combine(_root, name[..Digits], name[Digits..(2 * Digits)], name);
    }

    /// <summary>The number of the lock for a session. All sessions in a folder have the same, so that taking out its trash takes one.</summary>
    public static int LockOf(string keyOrFolder) => Convert.ToInt32(keyOrFolder[..(2 * Digits)], 16) >> (16 - LockBits);

    public string PathOfLock(int number) => Path.Combine(_root, ".locks", number.ToString("x3", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The folders of the first level, by two digits each, in order.</summary>
    public IReadOnlyList<string> Outer() => Folders(_root);

    /// <summary>The folders in one of those, by four digits each, in order.</summary>
    public IReadOnlyList<string> Inner(string outer) => [.. Folders(Path.Combine(_root, outer)).Select(inner => outer + inner)];

    /// <summary>What lies in a folder of the second level.</summary>
    public IReadOnlyList<string> Files(string folder)
    {
        try
        {
            return Directory.GetFiles(Path.Combine(_root, folder[..Digits], folder[Digits..]));
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static string[] Folders(string path)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(path).Select(folder => Path.GetFileName(folder)!).Where(name => name.Length == Digits && name.All(char.IsAsciiHexDigitLower)).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    // Two apps have two names: what no file name may have stands there as a number.
    private static string Escape(string app)
    {
        var name = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(app))
        {
            var character = (char)value;
            var isPlain = char.IsAsciiLetterOrDigit(character) || character is '-' or '_' || (character == '.' && name.Length > 0);
            name.Append(isPlain ? $"{character}" : $"%{value:X2}");
        }

        return name.ToString();
    }
}
