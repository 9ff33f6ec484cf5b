using static Rowhouse.Sessions.Tests.Stores.StoreContractTests;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>What only files do.</summary>
public sealed class FileSessionStoreTests
{
    private readonly StorePlaces _places;

    public FileSessionStoreTests(StorePlaces places)
    {
        _places = places;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_is_one_file_where_the_reference_says_and_only_the_owner_can_read_it()
    {
        await using var place = await _places.NewAsync("file");
        var key = NewKey();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
        await place.Store.CommitAsync(key, Changes.Of(place.Time, ("b", Bytes("2"))), cancellationToken: Stop);

        var name = key.ToString();
        var path = Path.Combine(place.Uri.Path!, "sessions", place.App, name[..2], name[2..4], name);
        Assert.Equal([path], Sessions(place));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        await place.Store.RemoveAsync(key, Stop);
        Assert.Empty(Sessions(place));
    }

    [Fact]
    public async Task The_trash_takes_what_killed_writers_left_and_what_is_no_session_but_only_when_it_is_old()
    {
        await using var place = await _places.NewAsync("file");
        var key = NewKey();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
        var session = Assert.Single(Sessions(place));
        string[] left = [$"{session}.0a1b2c.tmp", session[..^1] + "-", session[..^4] + "0000"];
        foreach (var path in left)
        {
            await File.WriteAllTextAsync(path, "x", Stop);
        }

        Assert.Equal(0, (await place.Store.TrashAsync(new SessionTrash { Now = place.Time.GetUtcNow() }, 100, cancellationToken: Stop)).Removed);
        Assert.Equal(4, Sessions(place).Count);
        foreach (var path in left)
        {
            File.SetLastWriteTimeUtc(path, place.Time.GetUtcNow().UtcDateTime - TimeSpan.FromHours(2));
        }

        Assert.Equal(0, (await place.Store.TrashAsync(new SessionTrash { Now = place.Time.GetUtcNow() }, 100, cancellationToken: Stop)).Removed);
        Assert.Equal([session], Sessions(place));
        Assert.Equal("a=1", Text(await place.Store.FindAsync(key, Stop)));
    }

    [Fact]
    public async Task Holders_of_locks_that_are_stuck_hinder_nobody_who_reads_and_those_who_write_go_on_when_they_are_gone()
    {
        await using var place = await _places.NewAsync("file");
        var (read, folder) = (NewKey(), new SessionFolder(new BackendRegistry().GetFiles(place.Uri), place.App));
        await place.Store.CommitAsync(read, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
        var stuck = new List<FileStream>();
        var writers = new List<Task<SessionCommit>>();
        try
        {
            // More than the folder takes calls at once.
            while (stuck.Count < 40)
            {
                var key = NewKey();
                var path = folder.PathOfLock(SessionFolder.LockOf(key.ToString()));
                if (stuck.TrueForAll(file => file.Name != path))
                {
                    stuck.Add(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
                    writers.Add(place.Store.CommitAsync(key, Changes.First(place.Time, ("b", Bytes("2"))), cancellationToken: Stop));
                }
            }

            Assert.Equal("a=1", Text(await place.Store.FindAsync(read, Stop).WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Stop)));
            Assert.All(writers, writer => Assert.False(writer.IsCompleted));
        }
        finally
        {
            stuck.ForEach(file => file.Dispose());
        }

        Assert.All(await Task.WhenAll(writers), commit => Assert.Equal(SessionOutcome.Saved, commit.Outcome));
    }

    [Fact]
    public async Task The_trash_spares_what_a_newer_version_may_have_written()
    {
        await using var place = await _places.NewAsync("file");
        await place.Store.CommitAsync(NewKey(), Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
        var path = Assert.Single(Sessions(place));
        var bytes = await File.ReadAllBytesAsync(path, Stop);
        bytes[0]++;
        await File.WriteAllBytesAsync(path, bytes, Stop);
        File.SetLastWriteTimeUtc(path, place.Time.GetUtcNow().UtcDateTime - TimeSpan.FromDays(2));

        await place.Store.TrashAsync(new SessionTrash { Now = place.Time.GetUtcNow() + TimeSpan.FromDays(1) }, 100, cancellationToken: Stop);

        Assert.Equal([path], Sessions(place));
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("Ä \n")]
    public async Task No_name_of_an_app_leads_out_of_the_folder(string app)
    {
        await using var empty = await _places.NewAsync("file");
        await using var place = new StorePlace(empty.Uri.ToSecretString(), app);

        await place.Store.CommitAsync(NewKey(), Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);

        var path = Path.GetRelativePath(Path.Combine(place.Uri.Path!, "sessions"), Assert.Single(Sessions(place)));
        Assert.Equal(4, path.Split(Path.DirectorySeparatorChar).Length);
    }

    private static List<string> Sessions(StorePlace place) =>
        [.. Directory.GetFiles(place.Uri.Path!, "*", SearchOption.AllDirectories).Where(path => !path.Contains(".locks", StringComparison.Ordinal))];
}
