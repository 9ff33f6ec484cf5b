using System.Runtime.InteropServices;

namespace Rowhouse.Cli;

/// <summary>A folder in a place that all users can write to, and that must be ours alone.</summary>
internal static partial class OwnFolder
{
    private const UnixFileMode OnlyUs = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // struct statx is the same on every architecture (statx(2)).
    private const int StatxBytes = 256;
    private const int StatxUserOffset = 20;
    private const uint StatxUserMask = 0x8;
    private const int CurrentFolder = -100;
    private const int DoNotFollowLinks = 0x100;

    /// <summary>Creates the folder with mode 0700, or makes sure that the one which is there is as good.</summary>
    /// <exception cref="RowhouseException">RH3003: somebody else made it, or it is a link.</exception>
    public static void Ensure(string path)
    {
        Directory.CreateDirectory(path, OnlyUs);
        var folder = new DirectoryInfo(path);
        if (folder.LinkTarget is not null || !BelongsToUs(path) || folder.UnixFileMode != OnlyUs)
        {
            throw CliErrors.ForeignFolder(path);
        }
    }

    private static bool BelongsToUs(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var found = new byte[StatxBytes];
        return Stat(CurrentFolder, path, DoNotFollowLinks, StatxUserMask, found) == 0
            && BitConverter.ToUInt32(found, StatxUserOffset) == GetUser();
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Stat(int folder, string path, int flags, uint mask, [Out] byte[] found);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetUser();
}
