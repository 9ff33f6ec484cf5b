namespace Rowhouse.Hosting;

/// <summary>
/// What a <c>.rha</c> archive says of itself: the file <c>rowhouse.json</c>, its first entry. It holds no time, no path and
/// no machine name, so that the same app gives the same archive wherever it is packed.
/// </summary>
public sealed record ArchiveManifest
{
    /// <summary>The name of the manifest in the archive and in the installed app's folder.</summary>
    public const string FileName = "rowhouse.json";

    /// <summary>The version of the archive format that is written and read.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the archive format.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The app's name, under which it is installed unless another one is given.</summary>
    public required string Name { get; init; }

    /// <summary>The file name of the assembly with the entry point, for example <c>shop.dll</c>. Its <c>.runtimeconfig.json</c> stands beside it.</summary>
    public required string EntryAssembly { get; init; }

    /// <summary>The runtime that the app needs at least, as <c>MAJOR.MINOR</c>, for example <c>10.0</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>
    /// The SHA-256 over the names and contents of all other files, in lower-case hexadecimal: equal for equal builds.
    /// <see cref="AppArchiveWriter"/> fills it in; it detects accidents and is no signature.
    /// </summary>
    public string ContentHash { get; init; } = "";
}
