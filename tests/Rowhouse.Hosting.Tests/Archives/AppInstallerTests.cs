namespace Rowhouse.Hosting.Tests;

public sealed class AppInstallerTests : IDisposable
{
    private readonly TemporaryRoot _temp = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_packed_app_is_installed_file_by_file()
    {
        var progress = new RecordedProgress();

        var app = await AppInstaller.InstallAsync(_temp.Root, await _temp.PackAsync("1"), progress: progress, cancellationToken: Token);

        Assert.Equal(new AppFolder("shop", _temp.InApps("shop"), AppKind.Packed), app);
        Assert.Equal(
            ["shop", "shop/rowhouse.json", "shop/shop.dll", "shop/shop.runtimeconfig.json", "shop/version.txt", "shop/wwwroot", "shop/wwwroot/css", "shop/wwwroot/css/site.css"],
            _temp.Applications);
        Assert.Equal("1", VersionOf("shop"));
        Assert.Equal(progress.Values.Order(), progress.Values);
        Assert.Equal(1, progress.Values[^1]);
    }

    [Fact]
    public async Task An_app_can_get_another_name()
    {
        await AppInstaller.InstallAsync(_temp.Root, await _temp.PackAsync("1"), "store", cancellationToken: Token);

        Assert.Equal(["store"], AppFolder.List(_temp.Root));
        await RefusesAsync("RH1003", await _temp.PackAsync("2"), "../store");
    }

    [Fact]
    public async Task An_app_is_replaced_only_when_asked()
    {
        await AppInstaller.InstallAsync(_temp.Root, await _temp.PackAsync("1"), cancellationToken: Token);
        var second = await _temp.PackAsync("2");
        var before = _temp.Applications;

        await RefusesAsync("RH1315", second);
        await RefusesAsync("RH1315", second, "SHOP");
        await RefusesAsync("RH1315", second, "SHOP", overwrite: true);
        Assert.Equal(before, _temp.Applications);
        Assert.Equal("1", VersionOf("shop"));

        await AppInstaller.InstallAsync(_temp.Root, second, overwrite: true, cancellationToken: Token);
        Assert.Equal(before, _temp.Applications);
        Assert.Equal("2", VersionOf("shop"));
    }

    [Fact]
    public async Task Secrets_and_the_maintenance_mark_survive_a_new_version_and_the_rest_does_not()
    {
        await AppInstaller.InstallAsync(_temp.Root, await _temp.PackAsync("1"), cancellationToken: Token);
        _temp.Write("root/applications/shop/private/appconfig.ini", "secret");
        _temp.Write("root/applications/shop/private/keys/deep.key", "key");
        _temp.Write("root/applications/shop/DISABLED", "until noon");
        _temp.Write("root/applications/shop/gone.txt", "of version 1");
        File.CreateSymbolicLink(_temp.InApps("shop", "private", "linked.ini"), "../../elsewhere.ini");

        var app = await AppInstaller.InstallAsync(_temp.Root, await _temp.PackAsync("2"), overwrite: true, cancellationToken: Token);

        Assert.True(app.IsDisabled);
        Assert.Equal("2", VersionOf("shop"));
        Assert.Equal("secret", await File.ReadAllTextAsync(_temp.InApps("shop", "private", "appconfig.ini"), Token));
        Assert.Equal("key", await File.ReadAllTextAsync(_temp.InApps("shop", "private", "keys", "deep.key"), Token));
        Assert.Equal("until noon", await File.ReadAllTextAsync(_temp.InApps("shop", "DISABLED"), Token));
        Assert.Equal("../../elsewhere.ini", new FileInfo(_temp.InApps("shop", "private", "linked.ini")).LinkTarget);
        Assert.False(File.Exists(_temp.InApps("shop", "gone.txt")));
    }

    [Fact]
    public async Task Secrets_are_as_unreadable_to_others_after_a_new_version_as_before()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Permissions of files are those of Unix.");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await AppInstaller.InstallAsync(_temp.Root, await _temp.PackAsync("1"), cancellationToken: Token);
        File.SetUnixFileMode(_temp.Write("root/applications/shop/private/appconfig.ini", "secret"), OwnerOnly);
        File.SetUnixFileMode(_temp.InApps("shop", "private"), OwnerOnly | UnixFileMode.UserExecute);

        await AppInstaller.InstallAsync(_temp.Root, await _temp.PackAsync("2"), overwrite: true, cancellationToken: Token);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_temp.InApps("shop", "private", "appconfig.ini")));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_temp.InApps("shop", "private")));
    }

    [Fact]
    public async Task A_failure_while_unpacking_leaves_the_old_app_and_nothing_else()
    {
        await AppInstaller.InstallAsync(_temp.Root, await _temp.PackAsync("1"), cancellationToken: Token);
        var before = _temp.Applications;
        var second = await _temp.PackAsync("2");
        using var cancel = new CancellationTokenSource();

        // Beyond one half the archive is checked and files are being written.
        var progress = new CallbackProgress(part =>
        {
            if (part > 0.6)
            {
                cancel.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => AppInstaller.InstallAsync(_temp.Root, second, overwrite: true, progress: progress, cancellationToken: cancel.Token));

        Assert.Equal(before, _temp.Applications);
        Assert.Equal("1", VersionOf("shop"));
    }

    [Fact]
    public async Task What_a_killed_install_left_behind_is_cleared_by_the_next_one_of_that_app()
    {
        var archive = await _temp.PackAsync("1");
        _temp.Write("root/applications/.shop.installing-0011aabb/half.dll", "x");
        _temp.Write("root/applications/.shop.removed-0011aabb/old.dll", "x");
        _temp.Write("root/applications/.shop.lock", "");
        _temp.Write("root/applications/.other.installing-0011aabb/half.dll", "x");

        await AppInstaller.InstallAsync(_temp.Root, archive, cancellationToken: Token);

        Assert.Equal([".other.installing-0011aabb", ".other.installing-0011aabb/half.dll", "shop"], _temp.Applications.Take(3));
        Assert.DoesNotContain(_temp.Applications, name => name.StartsWith(".shop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_app_that_was_only_set_aside_when_the_install_was_killed_comes_back()
    {
        var archive = await _temp.PackAsync("2");
        _temp.WriteBuiltApp("root/applications/.shop.old-0011aabb", "1");
        _temp.Write("root/applications/.shop.old-0011aabb/private/appconfig.ini", "secret");

        await RefusesAsync("RH1315", archive);
        Assert.Equal("1", VersionOf("shop"));

        await AppInstaller.InstallAsync(_temp.Root, archive, overwrite: true, cancellationToken: Token);
        Assert.Equal("2", VersionOf("shop"));
        Assert.True(File.Exists(_temp.InApps("shop", "private", "appconfig.ini")));
    }

    [Fact]
    public async Task Two_installs_of_one_app_do_not_get_into_each_others_way()
    {
        var archive = await _temp.PackAsync("1");
        RowhouseException? refused = null;
        var progress = new CallbackProgress(part =>
        {
            if (part > 0.5 && refused is null)
            {
                refused = Assert.Throws<RowhouseException>(() => AppInstaller.Remove(_temp.Root, "shop"));
            }
        });

        await AppInstaller.InstallAsync(_temp.Root, archive, progress: progress, cancellationToken: Token);

        Assert.Equal("RH1318", refused?.Code);
        Assert.Equal("1", VersionOf("shop"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named_as_the_reason()
    {
        _temp.Write("root/applications/shop", "a file, not a folder");

        await RefusesAsync("RH1317", await _temp.PackAsync("1"));
        Assert.Equal(["shop"], _temp.Applications);
    }

    [Fact]
    public async Task Removing_an_app_keeps_its_data_unless_asked()
    {
        var archive = await _temp.PackAsync("1");
        _temp.Write("root/data/shop/databases/shop.sqlite", "x");

        await AppInstaller.InstallAsync(_temp.Root, archive, cancellationToken: Token);
        AppInstaller.Remove(_temp.Root, "shop");
        Assert.Empty(_temp.Applications);
        Assert.True(File.Exists(_temp.In("root/data/shop/databases/shop.sqlite")));

        await AppInstaller.InstallAsync(_temp.Root, archive, cancellationToken: Token);
        AppInstaller.Remove(_temp.Root, "shop", keepData: false);
        Assert.Empty(_temp.Applications);
        Assert.Empty(Directory.GetFileSystemEntries(_temp.Root.Data));
    }

    [Fact]
    public void Removing_what_is_not_there_is_refused()
    {
        Assert.Equal("RH1004", Assert.Throws<RowhouseException>(() => AppInstaller.Remove(_temp.Root, "shop")).Code);
        Assert.Equal("RH1003", Assert.Throws<RowhouseException>(() => AppInstaller.Remove(_temp.Root, "..")).Code);
        Assert.Empty(_temp.Applications);
    }

    public void Dispose() => _temp.Dispose();

    private string VersionOf(string app) => File.ReadAllText(_temp.InApps(app, "version.txt"));

    private async Task RefusesAsync(string code, string archive, string? name = null, bool overwrite = false)
    {
        var error = await Assert.ThrowsAsync<RowhouseException>(() => AppInstaller.InstallAsync(_temp.Root, archive, name, overwrite, cancellationToken: Token));
        Assert.Equal(code, error.Code);
    }
}
