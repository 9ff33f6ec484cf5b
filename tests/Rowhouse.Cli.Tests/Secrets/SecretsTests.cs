using Rowhouse.Cli.Secrets;
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
        Assert.Empty(Directory.Exists("/dev/shm") ? Directory.GetFileSystemEntries("/dev/shm", "rowhouse-secrets-*") : []);
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
    public async Task What_an_editor_leaves_beside_the_secrets_is_deleted_too()
    {
        await SetAsync("first", "one");
        var memory = Directory.CreateTempSubdirectory("rowhouse-editing-");
        try
        {
            var seen = Path.Combine(_root.Root.Folder, "seen");
            var editor = $"edit() {{ stat -c %a \"$(dirname \"$1\")\" > '{seen}' && sed -i.bak -e s/one/two/ \"$1\"; }}; edit";

            var edited = await RunAsync(["secrets", "edit", "shop"], ("EDITOR", editor), ("XDG_RUNTIME_DIR", memory.FullName));

            Assert.Equal(0, edited.ExitCode);
            Assert.Equal("700\n", await File.ReadAllTextAsync(seen, TestContext.Current.CancellationToken));
            Assert.Empty(memory.GetFileSystemInfos());
        }
        finally
        {
            memory.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("n\n", false)]
    public async Task A_wrong_line_can_be_mended_in_the_editor_without_editing_all_again(string answer, bool isMended)
    {
        var error = new StringWriter();
        var terminal = new Terminal(new StringWriter(), error, new StringReader(answer), canAsk: true);

        // The first time it adds a line that is wrong, the second time it mends it: what else was edited is still there.
        var editor = new SecretsEditor(terminal, "edit() { if grep -q wrong \"$1\"; then sed -i -e 's/^wrong/third = 3/' \"$1\"; else printf 'second = 2\\nwrong\\n' >> \"$1\"; fi; }; edit");
        var editing = editor.EditAsync("first = 1\n", TestContext.Current.CancellationToken);

        if (isMended)
        {
            Assert.Equal(["first", "second", "third"], (await editing).Keys);
        }
        else
        {
            Assert.Equal("RH3007", (await Assert.ThrowsAsync<RowhouseException>(() => editing)).Code);
        }

        Assert.Contains("RH3007: Line 3", error.ToString(), StringComparison.Ordinal);
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

    [Fact]
    public async Task Commands_at_the_same_time_lose_neither_a_key_nor_a_secret()
    {
        string[] names = ["a", "b", "c", "d", "e"];

        var results = await Task.WhenAll(names.Select(name => SetAsync(name, $"value-{name}")));

        Assert.All(results, result => Assert.Equal((0, ""), (result.ExitCode, result.ExitCode == 0 ? "" : result.Error)));
        Assert.Single(results, result => result.Error.Contains("Made the key file", StringComparison.Ordinal));
        Assert.Equal(string.Concat(names.Select(name => name + "\n")), (await RunAsync("secrets", "list", "shop")).Output);
        await Task.WhenAll(RunAsync("secrets", "rotate"), RunAsync("secrets", "rotate"), SetAsync("f", "value-f"));
        Assert.Contains("it holds 4 keys", (await RunAsync("secrets", "rotate")).Output, StringComparison.Ordinal);
        Assert.Equal("a\nb\nc\nd\ne\nf\n", (await RunAsync("secrets", "list", "shop")).Output);
        Assert.Equal(["secrets.enc"], Directory.GetFiles(Path.GetDirectoryName(SecretsFile)!).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("other", 0, "first\nother\nthird\n")]
    [InlineData("first", 1, "first\nsecond\n")]
    public async Task What_others_set_while_the_editor_is_open_is_not_lost(string meanwhile, int exitCode, string names)
    {
        await SetAsync("first", "one");
        await SetAsync("second", "two");
        var editor = $"edit() {{ printf %s new | dotnet '{ChildProcess.CommandLine}' secrets set shop {meanwhile} --root '{_root.Root.Folder}' && sed -i -e s/^first.*/first=1/ -e s/^second/third/ \"$1\"; }}; edit";

        var edited = await RunAsync(["secrets", "edit", "shop"], ("EDITOR", editor));

        Assert.Equal(exitCode, edited.ExitCode);
        Assert.Equal(names, (await RunAsync("secrets", "list", "shop")).Output);
        Assert.Equal(exitCode == 1, edited.Error.Contains("RH2208", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_files_stay_their_owners_when_another_user_writes_them()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root writes the files of others: run the tests as root.");
        await SetAsync("token", "value-1");
        await RunCommandAsync(["chown", "12345:23456", KeyFile, SecretsFile]);

        var rotated = await RunAsync("secrets", "rotate");
        var owners = await RunCommandAsync(["stat", "-c", "%u:%g %a", KeyFile, SecretsFile]);

        Assert.Equal(0, rotated.ExitCode);
        Assert.Equal("12345:23456 600\n12345:23456 640\n", owners.Output);
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
