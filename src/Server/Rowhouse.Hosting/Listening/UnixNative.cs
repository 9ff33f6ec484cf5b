using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>What .NET has no words for: the kind of a file, the owner of a file, and descriptors that children do not inherit.</summary>
internal static class UnixNative
{
    private const int CurrentFolder = -100;
    private const int DoNotFollowLinks = 0x100;
    private const uint AskForType = 1;
    private const int StatxBytes = 256;
    private const int StatxModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int SocketType = 0xC000;
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;
    private const int RangeError = 34;
    private const int MaxGroupBytes = 1024 * 1024;
    private const uint KeepOwner = uint.MaxValue;

    /// <summary>Whether a socket lies at <paramref name="path"/>; null where the system cannot tell us.</summary>
    public static bool? IsSocket(string path)
    {
        // statx(2) has one layout on every architecture, which stat(2) has not.
        var status = new byte[StatxBytes];
        if (!OperatingSystem.IsLinux() || Statx(CurrentFolder, ToNative(path), DoNotFollowLinks, AskForType, status) != 0)
        {
            return null;
        }

        return (BitConverter.ToUInt16(status, StatxModeOffset) & TypeMask) == SocketType;
    }

    /// <summary>The number of a group, given by name or number; null if there is no such group.</summary>
    public static uint? FindGroup(string name)
    {
        if (uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        for (var size = 1024; size <= MaxGroupBytes; size *= 4)
        {
            var group = new IntPtr[8];
            var error = GetGroup(ToNative(name), group, new byte[size], size, out var found);
            if (error != RangeError)
            {
                // struct group: name, password, number.
                return error == 0 && found != IntPtr.Zero ? (uint)(group[2] & uint.MaxValue) : null;
            }
        }

        return null;
    }

    /// <summary>Gives a file to a group; returns why not, or null.</summary>
    public static string? ChangeGroup(string path, uint group) =>
        ChangeOwner(ToNative(path), KeepOwner, group) == 0 ? null : Marshal.GetLastPInvokeErrorMessage();

    public static void DoNotInherit(int descriptor)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = ControlDescriptor(descriptor, SetDescriptorFlags, CloseOnExec);
        }
    }

    private static byte[] ToNative(string text) => Encoding.UTF8.GetBytes(text + '\0');

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "getgrnam_r")]
    private static extern int GetGroup(byte[] name, IntPtr[] group, byte[] buffer, nint size, out IntPtr found);

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    private static extern int ChangeOwner(byte[] path, uint owner, uint group);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static extern int ControlDescriptor(int descriptor, int command, int value);
}
