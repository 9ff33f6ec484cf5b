using Rowhouse.Tests;

namespace Rowhouse.Cli.Tests.Secrets;

public sealed class SecretsTests : IDisposable
{
    private readonly TemporaryRoot _root = new();

    public SecretsTests()
    {
        Directory.CreateDirectory(Path.Combine(_root.AddApp("shop"), "private"));
    }

    private string KeyFile => Path.Combine(_root.Root.Folder, "..", $"{Path.GetFileName(_root.Root.Folder)}.key");

    private string SecretsFile => _root.PathOf("shop", "private/secrets.enc");

    public void Dispose()
    {
        _root.Dispose();
        File.Delete(KeyFile);
    }

    [Fact]
    public async Task A_secret_goes_in_by_standard_input_and_comes_out_only_in_the_app()
    {
        await File.WriteAllTextAsync(_root.PathOf("shop", "private/appconfig.ini"), "[db]\nuri = postgres://shop:{secret:db-password}@db/shop\n", TestContext.Current.CancellationToken);

        var set = await SetAsync("db-password", "hunter2/ü\n");
        var list = await RunAsync("secrets", "list", "shop");
        var show = await RunAsync("config", "show", "shop");
        var check = await RunAsync("config", "check", "shop");

        Assert.Equal(0, set.ExitCode);
        Assert.Contains("Made the key file", set.Error, StringComparison.Ordinal);
        Assert.Equal("db-password\n", list.Output);
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("postgres://shop:***@db/shop", show.Output, StringComparison.Ordinal);
        var all = set.Output + set.Error + list.Output + list.Error + show.Output + show.Error + check.Output + check.Error + await File.ReadAllTextAsync(SecretsFile, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("hunter2", all, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        }
    }

    [Fact]
    public async Task Rotating_encrypts_anew_and_the_old_key_goes_only_when_asked()
    {
        await SetAsync("token", "value-1");
        var before = await File.ReadAllTextAsync(SecretsFile, TestContext.Current.CancellationToken);

        var kept = await RunAsync("secrets", "rotate");
        var rotated = await File.ReadAllTextAsync(SecretsFile, TestContext.Current.CancellationToken);
        var removed = await RunAsync("secrets", "rotate", "--remove-old");
        await File.WriteAllTextAsync(_root.PathOf("shop", "private/appconfig.ini"), "[a]\nb = secret:token\n", TestContext.Current.CancellationToken);

        Assert.Contains("it holds 2 keys", kept.Output, StringComparison.Ordinal);
        Assert.Contains("it holds 1 key.", removed.Output, StringComparison.Ordinal);
        Assert.NotEqual(before, rotated);
        Assert.Equal(0, (await RunAsync("config", "check", "shop")).ExitCode);

        // With the file as it was before, the removed key is missed, and the message says so.
        await File.WriteAllTextAsync(SecretsFile, before, TestContext.Current.CancellationToken);
        var check = await RunAsync("config", "check", "shop");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("RH2206", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Editing_changes_adds_and_removes_and_leaves_the_lines_of_the_others()
    {
        await SetAsync("first", "one");
        await SetAsync("second", "two");
        var lines = await File.ReadAllLinesAsync(SecretsFile, TestContext.Current.CancellationToken);

        var edited = await RunAsync(["secrets", "edit", "shop"], ("EDITOR", @"sed -i -e s/^first.*/third=three/"));
        var after = await File.ReadAllLinesAsync(SecretsFile, TestContext.Current.CancellationToken);
        var unchanged = await RunAsync(["secrets", "edit", "shop"], ("EDITOR", "true"));

        Assert.Contains("holds 2 secrets", edited.Output, StringComparison.Ordinal);
        Assert.Equal("second\nthird\n", (await RunAsync("secrets", "list", "shop")).Output);
        Assert.Contains(lines.Single(line => line.StartsWith("second ", StringComparison.Ordinal)), after);
        Assert.Equal("Nothing was changed.\n", unchanged.Output);
        Assert.Empty(Directory.Exists("/dev/shm") ? Directory.GetFiles("/dev/shm", "rowhouse-secrets-*") : []);
    }

    [Fact]
    public async Task An_editor_that_fails_and_a_line_that_is_none_change_nothing_and_show_no_secret()
    {
        await SetAsync("first", "hunter2");
        var before = await File.ReadAllTextAsync(SecretsFile, TestContext.Current.CancellationToken);

        var failed = await RunAsync(["secrets", "edit", "shop"], ("EDITOR", "false"));
        var garbled = await RunAsync(["secrets", "edit", "shop"], ("EDITOR", "sed -i -e s/=//"));

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("RH3008", failed.Error, StringComparison.Ordinal);
        Assert.Equal(1, garbled.ExitCode);
        Assert.Contains("RH3007", garbled.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", garbled.Output + garbled.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(SecretsFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Removing_a_secret_that_is_not_there_names_the_one_that_was_meant()
    {
        await SetAsync("db-password", "one");

        var missed = await RunAsync("secrets", "remove", "shop", "db-pasword");
        var removed = await RunAsync("secrets", "remove", "shop", "db-password");

        Assert.Equal(1, missed.ExitCode);
        Assert.Contains("'db-password'", missed.Error, StringComparison.Ordinal);
        Assert.Equal(0, removed.ExitCode);
        Assert.Empty((await RunAsync("secrets", "list", "shop")).Output);
    }

    private Task<CliResult> SetAsync(string name, string secret) =>
        RunCommandAsync(["sh", "-c", "printf %s \"$SECRET\" | dotnet \"$@\"", "sh", ChildProcess.CommandLine, "secrets", "set", "shop", name, "--root", _root.Root.Folder], ("SECRET", secret));

    private Task<CliResult> RunAsync(params string[] args) => RunAsync(args, []);

    private Task<CliResult> RunAsync(string[] args, params (string, string)[] variables) =>
        RunCommandAsync(["dotnet", ChildProcess.CommandLine, .. args, "--root", _root.Root.Folder], variables);

    private async Task<CliResult> RunCommandAsync(string[] command, params (string, string)[] variables)
    {
        await using var process = ChildProcess.StartCommand(command, [("ROWHOUSE_SECRETS_KEY", KeyFile), .. variables]);
        var exitCode = await process.WaitForExitAsync();
        return new CliResult(exitCode, process.Output, process.Error);
    }
}
