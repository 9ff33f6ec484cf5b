using System.Runtime.CompilerServices;

namespace Rowhouse.Sessions;

/// <summary>
/// A file per session. Who writes holds a lock for the time of reading, merging and writing aside; who reads needs none. docs/reference/session-stores.md
/// has the layout.
/// </summary>
internal sealed partial class FileSessionStore : SessionStore
{
    private readonly FileBackend _files;
    private readonly SessionFolder _folder;
    private readonly SessionRecords _records;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim?[] _turns = new SemaphoreSlim?[SessionFolder.Locks];

    public FileSessionStore(SessionSetup setup)
        : this(setup, setup.Backends.GetFiles(setup.Uri))
    {
    }

    private FileSessionStore(SessionSetup setup, FileBackend files)
        : base(files.Name)
    {
        _files = files;
        _folder = new SessionFolder(files, setup.App);
        _records = new SessionRecords(setup.Logger, files.Name);
        _time = setup.Time;
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    public override Task<StoredSession?> FindAsync(SessionKey key, CancellationToken cancellationToken = default) =>
        _files.CallAsync(_ => Task.FromResult(Read(key)?.Alive(Now)), cancellationToken: cancellationToken);

    public override Task TouchAsync(SessionKey key, DateTimeOffset modified, DateTimeOffset expires, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            key,
            current =>
            {
                if (current?.Alive(Now) is { } session)
                {
                    Write(key, SessionRecord.Of(SessionMerge.Touched(session, modified, expires)));
                }

                return true;
            },
            cancellationToken);

    public override Task<bool> ImportAsync(StoredSession session, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            session.Key,
            current =>
            {
                if (session.Expires <= Now || current?.YieldsTo(session, Now) == false)
                {
                    return false;
                }

                Write(session.Key, SessionRecord.Of(session));
                return true;
            },
            cancellationToken);

    public override async IAsyncEnumerable<StoredSession> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var outer in await _files.CallAsync(_ => Task.FromResult(_folder.Outer()), cancellationToken: cancellationToken))
        {
            foreach (var inner in await _files.CallAsync(_ => Task.FromResult(_folder.Inner(outer)), cancellationToken: cancellationToken))
            {
                foreach (var session in await _files.CallAsync(_ => Task.FromResult(ReadFolder(inner)), cancellationToken: cancellationToken))
                {
                    yield return session;
                }
            }
        }
    }

    internal override Task<SessionKey?> FindSuccessorAsync(SessionKey key, CancellationToken cancellationToken) =>
        _files.CallAsync(_ => Task.FromResult(Read(key)?.SuccessorAt(Now)), cancellationToken: cancellationToken);

    private protected override Task<bool> RenewOnceAsync(SessionKey key, SessionKey newKey, CancellationToken cancellationToken) =>
        ChangeAsync(
            key,
            current =>
            {
                if (current?.Alive(Now) is not { } session)
                {
                    return false;
                }

                // The new one first: who is killed in between leaves a file whose key nobody has been told.
                Write(newKey, SessionRecord.Of(session));
                Write(key, SessionRecord.LeadingTo(newKey, Now));
                return true;
            },
            cancellationToken);

    private protected override Task<bool> RemoveOnceAsync(SessionKey key, CancellationToken cancellationToken) =>
        ChangeAsync(
            key,
            current =>
            {
                if (current?.SuccessorAt(Now) is null)
                {
                    Delete(_folder.PathOf(key));
                }

                return current?.Alive(Now) is not null;
            },
            cancellationToken);

    private protected override Task<SessionCommit> CommitOnceAsync(SessionKey key, SessionChange change, StoredSession? known, CancellationToken cancellationToken) =>
        ChangeAsync(
            key,
            current =>
            {
                var (session, commit) = SessionMerge.Apply(key, current, change, Now);
                if (session is not null)
                {
                    Write(key, SessionRecord.Of(session));
                }

                return commit;
            },
            cancellationToken);

    private static byte[]? ReadFile(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[RandomAccess.GetLength(file)];
            var read = 0;
            for (var more = 1; more > 0 && read < bytes.Length; read += more)
            {
                more = RandomAccess.Read(file, bytes.AsSpan(read), read);
            }

            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Then there is no such file either.
        }
    }

    private SessionRecord? Read(SessionKey key) => ReadFile(_folder.PathOf(key)) is { } bytes ? _records.Read(key, bytes) : null;

    private List<StoredSession> ReadFolder(string folder)
    {
        var found = new List<StoredSession>();
        foreach (var path in _folder.Files(folder))
        {
            if (SessionKey.TryParse(Path.GetFileName(path), out var key) && Read(key)?.Alive(Now) is { } session)
            {
                found.Add(session);
            }
        }

        return found;
    }

    private void Write(SessionKey key, SessionRecord record)
    {
        var path = _folder.PathOf(key);
        var bytes = SessionCodec.Write(record);
        try
        {
            AtomicFile.Replace(path, bytes);
        }
        catch (DirectoryNotFoundException)
        {
            FileBackend.CreateFolder(Path.GetDirectoryName(path)!);
            AtomicFile.Replace(path, bytes);
        }
    }

    private Task<T> ChangeAsync<T>(SessionKey key, Func<SessionRecord?, T> change, CancellationToken cancellationToken) =>
        LockedAsync(SessionFolder.LockOf(key.ToString()), () => change(Read(key)), cancellationToken);

    // In this process they queue, outside of the call, so that one of them at a time takes a place there; between processes the operating system's lock
    // is tried again and again. Who has waited as long as a call may take tries without a turn, and is told by the call what is wrong.
    private async Task<T> LockedAsync<T>(int number, Func<T> work, CancellationToken cancellationToken)
    {
        var turn = Turn(number);
        var hasTurn = await turn.WaitAsync(_files.Timeout, cancellationToken);
        try
        {
            return await _files.CallAsync(
                async token =>
                {
                    await using var file = await ExclusiveFile.OpenAsync(_folder.PathOfLock(number), token);
                    return work();
                },
                cancellationToken: cancellationToken);
        }
        finally
        {
            if (hasTurn)
            {
                turn.Release();
            }
        }
    }

    private SemaphoreSlim Turn(int number)
    {
        ref var turn = ref _turns[number];
        return Volatile.Read(ref turn) ?? Interlocked.CompareExchange(ref turn, new SemaphoreSlim(1), null) ?? turn!;
    }
}
