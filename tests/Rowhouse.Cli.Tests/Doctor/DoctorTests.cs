using System.Text.Json;

namespace Rowhouse.Cli.Tests.Doctor;

public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Each_check_says_what_it_looked_at()
    {
        _root.AddApp("shop");

        var findings = await ExamineAsync();

        Assert.Superset(
            new HashSet<string>(["environment", "forwarded-headers", "keys", "permissions", "farm", "disk", "open-files"], StringComparer.Ordinal),
            findings.Select(finding => finding.Check).ToHashSet(StringComparer.Ordinal));
        Assert.All(findings.Where(finding => finding.Level != "ok"), finding => Assert.True(finding is { Why.Length: > 10, Mend.Length: > 10 }, finding.What));
    }

    [Fact]
    public async Task Development_on_an_open_listener_is_an_error_and_on_loopback_a_warning()
    {
        _root.AddApp("shop");

        Configure("[server]\nlisten = http://*:8080\n[app:shop]\nenvironment = Development\n");
        Assert.Contains(await ExamineAsync(), finding => finding is { Check: "environment", Level: "error", App: "shop" });
        Configure("[server]\nlisten = http://127.0.0.1:8080\n[app:shop]\nenvironment = Development\n");
        Assert.Contains(await ExamineAsync(), finding => finding is { Check: "environment", Level: "warning", App: "shop" });
        Configure("[server]\nlisten = http://*:8080\n");
        Assert.Contains(await ExamineAsync(), finding => finding is { Check: "environment", Level: "ok" });
    }

    [Fact]
    public async Task A_listener_for_a_proxy_needs_forwarded_headers()
    {
        Configure("[server]\nlisten = unix:/run/row.sock\n");
        Assert.Contains(await ExamineAsync(), finding => finding is { Check: "forwarded-headers", Level: "warning" });
        Configure("[server]\nlisten = http://*:80\n");
        Assert.Contains(await ExamineAsync(), finding => finding is { Check: "forwarded-headers", Level: "ok" });
    }

    [Fact]
    public async Task Keys_that_a_restart_of_the_machine_takes_away_are_an_error()
    {
        Configure("[keys]\nuri = file:/dev/shm/keys\n");
        Assert.Contains(await ExamineAsync(), finding => finding is { Check: "keys", Level: "error" });
        Configure("[keys]\nuri = file:/var/lib/keys\n");
        Assert.DoesNotContain(await ExamineAsync(), finding => finding is { Check: "keys", Level: "error" });
    }

    [Fact]
    public async Task What_one_node_keeps_for_itself_is_an_error_on_a_farm()
    {
        Write("shop", "[db]\nuri = sqlite:shop.sqlite\n");

        Configure("[server]\nnodes = 2\n[keys]\nuri = redis://127.0.0.1:1\n");
        Assert.Contains(await ExamineAsync(), finding => finding is { Check: "farm", Level: "error" } && finding.What.Contains("sqlite:shop.sqlite", StringComparison.Ordinal));
        Configure("[keys]\nuri = redis://127.0.0.1:1\n");
        Assert.Contains(await ExamineAsync(), finding => finding is { Check: "farm", Level: "ok" });
    }

    [Fact]
    public async Task A_secret_that_everybody_can_read_is_an_error_unless_its_folder_is_closed()
    {
        Write("shop", "[a]\nb = 1\n");
        Chmod("644", "private/appconfig.ini");
        Chmod("755", "private");
        OpenRoot("755");
        Assert.Contains(await ExamineAsync(), finding => finding is { Check: "permissions", Level: "error", App: "shop" });

        Chmod("700", "private");
        Assert.Contains(await ExamineAsync(), finding => finding is { Check: "permissions", Level: "ok" });
    }

    [Fact]
    public async Task Errors_give_exit_code_1_and_warnings_only_when_strict()
    {
        Configure("[server]\nlisten = unix:/run/row.sock\n");

        Assert.Equal(0, (await _root.RunAsync("doctor")).ExitCode);
        Assert.Equal(1, (await _root.RunAsync("doctor", "--strict")).ExitCode);
        Configure("[server]\nnodes = 2\n[keys]\nuri = sqlite:keys.sqlite\n");
        Assert.Equal(1, (await _root.RunAsync("doctor")).ExitCode);
    }

    [Fact]
    public async Task The_text_says_what_why_and_how_to_mend()
    {
        Configure("[server]\nnodes = 2\n[keys]\nuri = sqlite:keys.sqlite\n");

        var result = await _root.RunAsync("doctor");

        Assert.Contains("ERROR", result.Output, StringComparison.Ordinal);
        Assert.Contains("private to each of 2 nodes", result.Output, StringComparison.Ordinal);
        Assert.Contains("what one node writes, the others never see", result.Output, StringComparison.Ordinal);
        Assert.Contains("→ use postgres: or mysql:", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 error, ", result.Output, StringComparison.Ordinal);
    }

    private void Configure(string text) => File.WriteAllText(_root.Root.ConfigFile, text);

    private void Write(string app, string config)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root.AddApp(app), "private")).FullName;
        File.WriteAllText(Path.Combine(folder, "appconfig.ini"), config);
    }

    private void Chmod(string mode, string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_root.PathOf("shop", file), (UnixFileMode)Convert.ToInt32(mode, 8));
        }
    }

    // A temporary folder is closed to others, and so protects everything in it.
    private void OpenRoot(string mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_root.Root.Folder, (UnixFileMode)Convert.ToInt32(mode, 8));
        }
    }

    private async Task<IReadOnlyList<Row>> ExamineAsync()
    {
        var result = await _root.RunAsync("doctor", "--json");
        return JsonSerializer.Deserialize<List<Row>>(result.Output, JsonSerializerOptions.Web)!;
    }

    private sealed record Row(string Check, string Level, string? App, string What, string? Why, string? Mend);
}
