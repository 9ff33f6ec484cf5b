using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rowhouse.Backends;

/// <summary>
/// Locks in the folder <c>locks</c>: a file per lock with holder, token and end of the lease, read and written while the operating system's own
/// lock on it is held, which is for microseconds. Works for processes of one machine, and on network folders whose server knows flock (NFS does);
/// the time is what the file system puts on the file, so that it is the server's.
/// </summary>
internal sealed class FileLockStore : ILockStore
{
    private const int MaxContent = 512;

    private readonly FileBackend _files;

    public FileLockStore(FileBackend files)
    {
        _files = files;
    }

    public Task<long?> TryTakeAsync(string name, string owner, TimeSpan lease, CancellationToken cancellationToken) =>
        ChangeAsync<long?>(
            name,
            (content, now) =>
            {
                if (content.Owner.Length > 0 && content.Expires > now)
                {
                    return (null, null);
                }

                var token = Math.Max(content.Token + 1, now);
                return (new FileLockContent(owner, token, now + Micros(lease)), token);
            },
            cancellationToken);

    public Task<bool> TryRenewAsync(string name, string owner, long token, TimeSpan lease, CancellationToken cancellationToken) =>
        ChangeAsync(
            name,
            (content, now) => content.Owner == owner && content.Token == token && content.Expires > now
                ? (content with { Expires = now + Micros(lease) }, true)
                : (null, false),
            cancellationToken);

    public Task ReleaseAsync(string name, string owner, CancellationToken cancellationToken) =>
        ChangeAsync(
            name,
            (content, _) => content.Owner == owner ? (content with { Owner = "" }, true) : (null, false),
            cancellationToken);

    private static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private async Task<T> ChangeAsync<T>(string name, Func<FileLockContent, long, (FileLockContent? Changed, T Result)> change, CancellationToken cancellationToken)
    {
        var path = _files.PathOf($"locks/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..40]}.lock");
        return await _files.CallAsync(
            async token =>
            {
                await using var file = await ExclusiveFile.OpenAsync(path, token);
                var buffer = new byte[MaxContent];
                var content = FileLockContent.Parse(buffer.AsSpan(0, RandomAccess.Read(file.SafeFileHandle, buffer, 0)));
                var (changed, result) = change(content, Now(file, content));
                if (changed is not null)
                {
                    Write(file, changed);
                }

                return result;
            },
            cancellationToken: cancellationToken);
    }

    // Writing the content once more makes the file system say what time it is.
    private static long Now(FileStream file, FileLockContent content)
    {
        Write(file, content);
        return (File.GetLastWriteTimeUtc(file.SafeFileHandle) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    }

    // One write of one block: a process that is killed leaves the old content or the new one.
    private static void Write(FileStream file, FileLockContent content)
    {
        var bytes = new byte[MaxContent];
        bytes.AsSpan().Fill((byte)' ');
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{content.Token} {content.Expires} {content.Owner}"), bytes);
        RandomAccess.Write(file.SafeFileHandle, bytes, 0);
    }
}
