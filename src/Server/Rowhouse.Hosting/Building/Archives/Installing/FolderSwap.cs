using System.Runtime.InteropServices;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>Puts one folder in the place of another one.</summary>
internal static class FolderSwap
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Exchange = 2; // RENAME_EXCHANGE

    /// <summary>
    /// Puts <paramref name="next"/> in the place of <paramref name="current"/>, and returns where that one lies now:
    /// at <paramref name="next"/> after an exchange, else at <paramref name="aside"/>.
    /// </summary>
    public static string Swap(string next, string current, string aside)
    {
        if (TryExchange(next, current))
        {
            return next;
        }

        SwapByTwoRenames(next, current, aside);
        return aside;
    }

    /// <summary>For a moment nothing has the name; a failure brings the old folder back.</summary>
    public static void SwapByTwoRenames(string next, string current, string aside)
    {
        Directory.Move(current, aside);
        try
        {
            Directory.Move(next, current);
        }
        catch
        {
            Directory.Move(aside, current);
            throw;
        }
    }

    /// <summary>Lets two folders change their names with one another, in one step that no other process can see halfway. Linux only.</summary>
    public static bool TryExchange(string one, string other)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            return RenameAt2(CurrentFolder, ToPath(one), CurrentFolder, ToPath(other), Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than glibc 2.28, or musl.
            return false;
        }
    }

    private static byte[] ToPath(string path) => Encoding.UTF8.GetBytes(path + '\0');

    // https://man7.org/linux/man-pages/man2/rename.2.html. File systems that cannot exchange answer EINVAL.
    [DllImport("libc", EntryPoint = "renameat2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int RenameAt2(int oldFolder, byte[] oldPath, int newFolder, byte[] newPath, uint flags);
}
