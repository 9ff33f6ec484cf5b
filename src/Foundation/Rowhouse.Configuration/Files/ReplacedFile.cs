using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Rowhouse.Configuration;

/// <summary>Writes a file so that a reader, or a crash, sees the old content or the new one and nothing between.</summary>
internal static class ReplacedFile
{
    /// <param name="path">The file. One that is there keeps its owner and group.</param>
    /// <param name="text">What it will hold.</param>
    /// <param name="mode">The mode, other than on Windows.</param>
    /// <param name="overwrite">Whether a file that is there is replaced; else it is an <see cref="IOException"/>, also if it came a moment ago.</param>
    public static void Write(string path, string text, UnixFileMode mode, bool overwrite = true)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var aside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            // The mode holds from the first byte on; it is never open and then closed.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            using (var stream = new FileStream(aside, options))
            {
                FileOwner.Keep(path, aside);
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            GiveName(aside, path, overwrite);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    // File.Move without overwriting looks first and renames then: on Unix a file that comes between the two is replaced.
    private static void GiveName(string aside, string path, bool overwrite)
    {
        if (overwrite || OperatingSystem.IsWindows())
        {
            File.Move(aside, path, overwrite);
        }
        else if (Link(Encoding.UTF8.GetBytes(aside + '\0'), Encoding.UTF8.GetBytes(path + '\0')) != 0)
        {
            throw new IOException($"'{path}' cannot be made: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] file, byte[] name);
}
