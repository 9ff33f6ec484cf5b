namespace Rowhouse.Sessions;

/// <content>Taking out the trash, folder by folder.</content>
internal sealed partial class FileSessionStore
{
    // Looking at a file costs a tenth of removing it.
    private const int LooksPerRemoval = 10;

    // Far longer than a write takes, and than clocks of nodes and of a server of files differ.
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(1);

    /// <summary>The position is the folder where the next step begins.</summary>
    public override async Task<TrashStep> TrashAsync(SessionTrash trash, int limit, string? position = null, CancellationToken cancellationToken = default)
    {
        var removed = 0;
        var looks = 0L;
        foreach (var outer in await _files.CallAsync(_ => Task.FromResult(_folder.Outer()), cancellationToken: cancellationToken))
        {
            if (position is not null && string.CompareOrdinal(outer, 0, position, 0, outer.Length) < 0)
            {
                continue;
            }

            foreach (var inner in await _files.CallAsync(_ => Task.FromResult(_folder.Inner(outer)), cancellationToken: cancellationToken))
            {
                if (position is not null && string.CompareOrdinal(inner, position) < 0)
                {
                    continue;
                }

                if (removed >= limit || looks >= (long)limit * LooksPerRemoval)
                {
                    return new TrashStep(removed, inner);
                }

                var (files, hasTrash) = await _files.CallAsync(_ => Task.FromResult(Look(inner, trash)), cancellationToken: cancellationToken);
                looks += files.Count;
                removed += hasTrash ? await LockedAsync(SessionFolder.LockOf(inner), () => Remove(files, trash, limit - removed, cancellationToken), cancellationToken) : 0;
                if (removed >= limit)
                {
                    // There may be more in it.
                    return new TrashStep(removed, inner);
                }
            }
        }

        return new TrashStep(removed, Position: null);
    }

    // Only until the first: what it finds may get a sign of life before the lock is ours, and is looked at under it.
    private (IReadOnlyList<string> Files, bool HasTrash) Look(string folder, SessionTrash trash)
    {
        var files = _folder.Files(folder);
        return (files, files.Any(path => FindTrash(path, trash) is not null));
    }

    private static int Remove(IReadOnlyList<string> paths, SessionTrash trash, int limit, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var path in paths)
        {
            if (removed == limit || cancellationToken.IsCancellationRequested)
            {
                break;
            }

            if (FindTrash(path, trash) is { } isSession)
            {
                Delete(path);
                removed += isSession ? 1 : 0;
            }
        }

        return removed;
    }

    // Whether it is a session, if it is trash.
    private static bool? FindTrash(string path, SessionTrash trash)
    {
        var (isTrash, isSession) = SessionKey.TryParse(Path.GetFileName(path), out _) && FindHeader(path) is { } header
            ? (header.IsTrash(trash), header.IsSession)
            : (IsLeftover(path, trash.Now), false);
        return isTrash ? isSession : null;
    }

    // What somebody wrote aside who was killed, or what is no record: nobody will ever read it.
    private static bool IsLeftover(string path, DateTimeOffset now) => new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero) < now - LeftoverAge;

    private static RecordHeader? FindHeader(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            Span<byte> bytes = stackalloc byte[SessionCodec.HeaderSize];
            return SessionCodec.TryReadHeader(bytes[..RandomAccess.Read(file, bytes, 0)], out var header) ? header : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
