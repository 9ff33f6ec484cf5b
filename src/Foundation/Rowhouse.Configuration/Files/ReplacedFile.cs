using System.Text;

namespace Rowhouse.Configuration;

/// <summary>Writes a file so that a reader, or a crash, sees the old content or the new one and nothing between.</summary>
internal static class ReplacedFile
{
    public static void Write(string path, string text, UnixFileMode mode)
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
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
