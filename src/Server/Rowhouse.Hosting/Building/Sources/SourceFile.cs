using Microsoft.CodeAnalysis.Text;

namespace Rowhouse.Hosting.Building.Sources;

/// <summary>One source as it was read.</summary>
/// <param name="Path">The file, as a full path.</param>
/// <param name="RelativePath">Relative to the app's folder, forward slashes.</param>
/// <param name="Stamp">Length and time of the last write, so that an unchanged file is not read again.</param>
/// <param name="Text">The content.</param>
/// <param name="Hash">SHA-256 of the content.</param>
internal sealed record SourceFile(string Path, string RelativePath, (long Length, DateTime Written) Stamp, SourceText Text, byte[] Hash)
{
    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);
}
