namespace Rowhouse.Hosting.Tests;

public sealed class FolderSwapTests : IDisposable
{
    private readonly TemporaryRoot _temp = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_sees_the_app_at_every_moment_of_thirty_overwrites()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux exchanges two folders in one step.");
        string[] archives = [await _temp.PackAsync("1"), await _temp.PackAsync("2")];
        await AppInstaller.InstallAsync(_temp.Root, archives[0], cancellationToken: Token);

        using var done = new CancellationTokenSource();
        var looks = 0;
        var misses = 0;
        var reader = Task.Run(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    // Looking at the folder, not into it: a look into it may hit the old one while that is deleted.
                    misses += Directory.Exists(_temp.InApps("shop")) ? 0 : 1;
                    looks++;
                }
            },
            Token);

        for (var i = 1; i <= 30; i++)
        {
            await AppInstaller.InstallAsync(_temp.Root, archives[i % 2], overwrite: true, cancellationToken: Token);
            Assert.Equal($"{(i % 2) + 1}", await File.ReadAllTextAsync(_temp.InApps("shop", "version.txt"), Token));
        }

        await done.CancelAsync();
        await reader;
        Assert.Equal(0, misses);
        Assert.True(looks > 100, $"Only {looks} looks.");
    }

    [Fact]
    public void Where_folders_cannot_be_exchanged_two_renames_do_it()
    {
        _temp.Write("new/x", "new");
        _temp.Write("current/x", "old");

        FolderSwap.SwapByTwoRenames(_temp.In("new"), _temp.In("current"), _temp.In("aside"));

        Assert.Equal("new", File.ReadAllText(_temp.In("current", "x")));
        Assert.Equal("old", File.ReadAllText(_temp.In("aside", "x")));
        Assert.False(Directory.Exists(_temp.In("new")));
    }

    [Fact]
    public void If_the_second_rename_fails_the_old_folder_comes_back()
    {
        _temp.Write("current/x", "old");

        Assert.ThrowsAny<IOException>(() => FolderSwap.SwapByTwoRenames(_temp.In("not-there"), _temp.In("current"), _temp.In("aside")));

        Assert.Equal("old", File.ReadAllText(_temp.In("current", "x")));
        Assert.False(Directory.Exists(_temp.In("aside")));
    }

    [Fact]
    public void An_exchange_with_nothing_is_not_made()
    {
        _temp.Write("new/x", "new");

        Assert.False(FolderSwap.TryExchange(_temp.In("new"), _temp.In("not-there")));
        Assert.True(File.Exists(_temp.In("new", "x")));
    }

    public void Dispose() => _temp.Dispose();
}
