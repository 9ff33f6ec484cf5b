using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Rowhouse.Configuration;

/// <summary>The user and the group that a file belongs to. Of other systems than Linux nothing is asked.</summary>
internal static class FileOwner
{
    // struct statx is the same on every architecture (statx(2)).
    private const int StatxBytes = 256;
    private const int StatxUserOffset = 20;
    private const uint StatxUserAndGroup = 0x8 | 0x10;
    private const int CurrentFolder = -100;

    /// <summary>Gives a new file the owner and the group of the one that it will replace.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not do so.</exception>
    public static void Keep(string replaced, string replacement)
    {
        if (Find(replaced) is not { } owner || Find(replacement) == owner)
        {
            return;
        }

        if (ChangeOwner(ToNative(replacement), owner.User, owner.Group) != 0)
        {
            var why = new Win32Exception(Marshal.GetLastPInvokeError()).Message;
            throw new UnauthorizedAccessException($"'{replaced}' belongs to user {owner.User}, group {owner.Group}, who would lose it ({why}); run this as that user, or as root");
        }
    }

    /// <summary>The number of the user to whom a file or folder belongs; null if there is none, or nothing is asked here.</summary>
    public static uint? FindUser(string path) => Find(path)?.User;

    private static (uint User, uint Group)? Find(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var found = new byte[StatxBytes];
        return Statx(CurrentFolder, ToNative(path), 0, StatxUserAndGroup, found) == 0
            ? (BitConverter.ToUInt32(found, StatxUserOffset), BitConverter.ToUInt32(found, StatxUserOffset + sizeof(uint)))
            : null;
    }

    private static byte[] ToNative(string text) => Encoding.UTF8.GetBytes(text + '\0');

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(byte[] path, uint owner, uint group);
}
