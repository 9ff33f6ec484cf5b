namespace Rowhouse.Hosting;

/// <summary>How much an archive may hold. What is beyond is refused before anything is unpacked.</summary>
public sealed record ArchiveLimits
{
    /// <summary>The default of every limit.</summary>
    public static ArchiveLimits Default { get; } = new();

    /// <summary>
    /// How many files and folders there may be. The default is 20 000: a Blazor app with all its localized libraries has some 2 000.
    /// The zip format used here ends at 65 534.
    /// </summary>
    public int MaxEntries { get; init; } = 20_000;

    /// <summary>How many bytes all files may have together, unpacked. The default is 1 GiB; the zip format used here ends at 4 GiB.</summary>
    public long MaxTotalBytes { get; init; } = 1L << 30;

    /// <summary>How many bytes one file may have, unpacked. The default is 512 MiB.</summary>
    public long MaxEntryBytes { get; init; } = 512L << 20;

    /// <summary>
    /// How many times larger than packed a file may become. The default is 200; deflate ends at 1032, and what programs and web pages
    /// are made of stays below 20. <see cref="AppArchiveWriter"/> stores files that it could pack more densely.
    /// </summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>Below this unpacked size the ratio does not count. The default is 1 MiB.</summary>
    public long RatioCountsFromBytes { get; init; } = 1L << 20;

    internal bool IsTooDense(long bytes, long packedBytes) => bytes > RatioCountsFromBytes && bytes / MaxRatio >= Math.Max(packedBytes, 1);
}
