using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Building;

/// <summary>Apps with a .csproj, built by the SDK.</summary>
public sealed class ProjectAppTests : IDisposable
{
    private readonly TestRoot _root = new();

    public ProjectAppTests()
    {
        var packages = new LocalPackages(_root);
        packages.Add("Words", "1.0.0", Projects.Words("one"));
        packages.Add("Words", "2.0.0", Projects.Words("two"));
        Projects.WriteWithWords(_root, "old", "1.0.0");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Two_apps_use_different_versions_of_a_package_in_one_process_and_a_second_server_builds_nothing()
    {
        Projects.WriteWithWords(_root, "new", "2.0.0");
        await using (var server = await TestServer.StartAsync(_root))
        {
            await server.WaitForTextAsync("/old/", "one 1.0.0.0");
            await server.WaitForTextAsync("/new/", "two 2.0.0.0");
            Assert.Equal("one 1.0.0.0", await server.GetTextAsync("/old/"));
        }

        await using var second = await TestServer.StartAsync(_root);
        Assert.Equal("two 2.0.0.0", await second.GetTextAsync("/new/"));
        Assert.Contains(second.Log.Entries, entry => entry.Message.StartsWith("new: ", StringComparison.Ordinal) && entry.Message.EndsWith("(built before).", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_is_built_and_errors_of_sources_and_project_name_file_and_line_while_the_last_build_serves()
    {
        await using var server = await TestServer.StartAsync(_root);
        await server.WaitForTextAsync("/old/", "one 1.0.0.0");

        _root.Write("old", "Program.cs", Projects.Program(" changed"));
        await server.WaitForTextAsync("/old/", "one 1.0.0.0 changed");

        _root.Write("old", "Program.cs", Projects.Program(" {Missing}"));
        await ExpectReasonAsync(server, $"{Path.Combine(_root.AppFolder("old"), "Program.cs")}(2,", "error CS0103: The name 'Missing' does not exist in the current context");

        _root.Write("old", "Program.cs", Projects.Program(" mended"));
        await server.WaitForTextAsync("/old/", "one 1.0.0.0 mended");

        _root.Write("old", "old.csproj", Projects.File("Words@1.0.0").Replace("</PropertyGroup>", "", StringComparison.Ordinal));
        await ExpectReasonAsync(server, $"{Path.Combine(_root.AppFolder("old"), "old.csproj")}(", "error MSB4025");
        Assert.Equal("one 1.0.0.0 mended", await server.GetTextAsync("/old/"));
    }

    [Fact]
    public async Task A_package_that_cannot_be_found_is_reported_with_the_project_file()
    {
        _root.Write("old", "old.csproj", Projects.File("Nowhere@1.0.0"));

        var report = await AppBuilder.BuildAsync(_root.Root, AppFolder.Open(_root.Root, "old"), development: true, cancellationToken: Cancellation);

        var error = Assert.Single(report.Diagnostics, diagnostic => diagnostic.Severity == BuildSeverity.Error);
        Assert.Equal((Path.Combine(_root.AppFolder("old"), "old.csproj"), "NU1101"), (error.File, error.Code));
    }

    private static async Task ExpectReasonAsync(TestServer server, string start, string part)
    {
        var status = await server.WaitForAsync("old", app => app.Reason?.Contains(part, StringComparison.Ordinal) == true, part);
        Assert.StartsWith(start, status.Reason, StringComparison.Ordinal);
        Assert.Equal(AppState.Running, status.State);
    }
}
