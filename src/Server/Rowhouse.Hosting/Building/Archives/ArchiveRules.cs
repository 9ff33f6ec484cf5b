namespace Rowhouse.Hosting;

/// <summary>What the entries of an archive must be like. Packing and installing ask the same rules.</summary>
internal static class ArchiveRules
{
    private const int FileTypeMask = 0xF000;

    public static void CheckCount(string archive, int entries, ArchiveLimits limits)
    {
        if (entries > limits.MaxEntries)
        {
            throw HostingErrors.ArchiveTooBig(archive, $"it has {entries} entries, the limit is {limits.MaxEntries}");
        }
    }

    /// <summary>Checks the announced sizes. Unpacking counts again, and stops at what is announced.</summary>
    public static void CheckSizes(string archive, IEnumerable<(string Name, long Bytes)> files, ArchiveLimits limits)
    {
        var total = 0L;
        foreach (var (name, bytes) in files)
        {
            if (bytes > limits.MaxEntryBytes)
            {
                throw HostingErrors.ArchiveTooBig(archive, $"'{ArchiveNames.Show(name)}' has {bytes} bytes unpacked, the limit for one file is {limits.MaxEntryBytes}");
            }

            total += bytes;
            if (total > limits.MaxTotalBytes)
            {
                throw HostingErrors.ArchiveTooBig(archive, $"its files have more than {limits.MaxTotalBytes} bytes together, which is the limit");
            }
        }
    }

    public static void CheckRatio(string archive, ZipEntry entry, ArchiveLimits limits)
    {
        if (limits.IsTooDense(entry.Bytes, entry.PackedBytes))
        {
            throw HostingErrors.ArchiveTooBig(
                archive,
                $"'{ArchiveNames.Show(entry.Name)}' has {entry.PackedBytes} bytes packed and {entry.Bytes} unpacked, more than {limits.MaxRatio} times as many, as zip bombs do");
        }
    }

    public static void CheckKind(string archive, ZipEntry entry)
    {
        if (entry.IsEncrypted)
        {
            throw HostingErrors.EntryUnsupported(archive, ArchiveNames.Show(entry.Name), "encrypted");
        }

        if (entry.Method is not (ZipEntry.Stored or ZipEntry.Deflated))
        {
            throw HostingErrors.EntryUnsupported(archive, ArchiveNames.Show(entry.Name), $"packed with method {entry.Method}");
        }

        var kind = (entry.UnixMode & FileTypeMask) switch
        {
            0 or 0x8000 => entry.IsFolder && entry.UnixMode != 0 ? "file with the name of a folder" : null,
            0x4000 => entry.IsFolder ? null : "folder with the name of a file",
            0xA000 => "symbolic link",
            _ => "special file",
        };

        if (kind is not null)
        {
            throw HostingErrors.EntryIsNoFile(archive, ArchiveNames.Show(entry.Name), kind);
        }
    }

    public static void CheckName(string archive, ZipEntry entry)
    {
        var path = entry.IsFolder ? entry.Name[..^1] : entry.Name;
        if (ArchiveNames.FindFault(path) is { } fault)
        {
            throw HostingErrors.UnsafeEntryName(archive, ArchiveNames.Show(entry.Name), fault);
        }

        if (ArchiveNames.FindReasonToLeaveOut(path) is { } reason)
        {
            throw HostingErrors.ForbiddenEntry(archive, ArchiveNames.Show(entry.Name), reason);
        }
    }

    /// <summary>No name twice, no file where another entry needs a folder.</summary>
    public static void CheckUnique(string archive, IEnumerable<(string Path, bool IsFolder)> entries)
    {
        var all = entries.ToList();
        var byKey = new Dictionary<string, (string Path, bool IsFolder)>(StringComparer.Ordinal);
        foreach (var entry in all)
        {
            var key = ArchiveNames.Key(entry.Path);
            if (!byKey.TryAdd(key, entry))
            {
                throw HostingErrors.EntriesCollide(archive, ArchiveNames.Show(byKey[key].Path), ArchiveNames.Show(entry.Path));
            }
        }

        foreach (var (path, _) in all)
        {
            var key = ArchiveNames.Key(path);
            for (var slash = key.LastIndexOf('/'); slash > 0; slash = key.LastIndexOf('/', slash - 1))
            {
                if (byKey.TryGetValue(key[..slash], out var parent) && !parent.IsFolder)
                {
                    throw HostingErrors.EntriesCollide(archive, ArchiveNames.Show(parent.Path), ArchiveNames.Show(path));
                }
            }
        }
    }

    /// <summary>What the server needs in order to start the app.</summary>
    public static void CheckEntryAssembly(string archive, ArchiveManifest manifest, IReadOnlySet<string> files)
    {
        string[] needed = [manifest.EntryAssembly, Path.ChangeExtension(manifest.EntryAssembly, ".runtimeconfig.json")];
        foreach (var file in needed.Where(file => !files.Contains(file)))
        {
            throw HostingErrors.NoEntryAssembly(archive, file);
        }
    }

    public static void CheckRuntime(string archive, ArchiveManifest manifest)
    {
        var here = new Version(Environment.Version.Major, Environment.Version.Minor);
        if (ArchiveManifestJson.FindRuntime(manifest) > here)
        {
            throw HostingErrors.NeedsNewerRuntime(archive, manifest.Runtime, here.ToString());
        }
    }
}
