using System.IO.Compression;

namespace Rowhouse.Hosting;

/// <summary>One file on its way into an archive.</summary>
internal sealed class PackedFile
{
    public PackedFile(string name, long bytes)
    {
        Name = name;
        Bytes = bytes;
    }

    public string Name { get; }

    public long Bytes { get; }

    /// <summary>How it is packed: not at all if it would look like a zip bomb to who installs it.</summary>
    public CompressionLevel Level { get; set; } = CompressionLevel.Optimal;
}
