using System.Net;
using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting.Tests.Building;

/// <summary>What may stand in a source app.</summary>
public sealed class SourceAppTests : IClassFixture<SourceAppServer>
{
    private readonly SourceAppServer _fixture;

    public SourceAppTests(SourceAppServer fixture)
    {
        _fixture = fixture;
    }

    [Fact]
    public async Task Without_a_program_an_app_has_controllers_pages_and_static_files()
    {
        var server = await _fixture.GetAsync();

        Assert.Contains("<p>Hello, Ada.</p>", await server.GetTextAsync("/site"), StringComparison.Ordinal);
        Assert.Equal("details 7", await server.GetTextAsync("/site/default/details/7"));
        Assert.Contains("<p>about ada</p>", await server.GetTextAsync("/site/About/ada"), StringComparison.Ordinal);
        Assert.Equal("body { }", await server.GetTextAsync("/site/site.css"));
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/site/Controllers/DefaultController.cs")).StatusCode);
    }

    [Fact]
    public async Task Views_have_layouts_sections_imports_tag_helpers_view_components_and_areas()
    {
        var server = await _fixture.GetAsync();

        var page = await server.GetTextAsync("/site/");
        Assert.StartsWith("<html><body>", page, StringComparison.Ordinal);
        Assert.Contains("<b>ADA</b>", page, StringComparison.Ordinal);
        Assert.Contains("<time>3 o'clock</time>", page, StringComparison.Ordinal);
        Assert.Contains("""<a href="/site/Default/Details/7">more</a>""", page, StringComparison.Ordinal);
        Assert.Contains("<footer>foot</footer>", page, StringComparison.Ordinal);
        Assert.Contains("<p>desk of Office</p>", await server.GetTextAsync("/site/office/desk/show"), StringComparison.Ordinal);
        Assert.Contains("__RequestVerificationToken", await server.GetTextAsync("/site/About"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_and_views_are_CSharp_14()
    {
        var server = await _fixture.GetAsync();

        Assert.Contains("<p>Hello, nobody. Hello, Grace. 2&#x2B;3 4 Dictionary List</p>", await server.GetTextAsync("/site/default/modern"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nullable_is_on_and_its_warnings_are_logged_with_file_and_line()
    {
        var server = await _fixture.GetAsync();
        await server.WaitForAsync(SourceApps.Site, AppState.Running);

        var file = Path.Combine(_fixture.Folder(SourceApps.Site), "Models/Visitor.cs");
        Assert.Contains(server.Log.Entries, entry => entry.Level == LogLevel.Warning && entry.Message.StartsWith($"{file}(9,52): warning CS8602: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SourceApps.Site, "Views/Default/Index.cshtml.css")]
    [InlineData(SourceApps.Components, "Components/Counter.razor.css")]
    public async Task Scoped_CSS_is_left_out_with_a_warning_that_names_the_file(string app, string file)
    {
        var server = await _fixture.GetAsync();
        await server.WaitForAsync(app, AppState.Running);

        var path = Path.Combine(_fixture.Folder(app), file);
        var warning = Assert.Single(server.Log.Entries, entry => entry.Message.StartsWith(path, StringComparison.Ordinal));
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains("warning RH1101: Scoped CSS is left out of a source app.", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(" b-", await server.GetTextAsync($"/{app}/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Components_are_rendered_and_the_script_of_interactive_ones_is_there()
    {
        var server = await _fixture.GetAsync();

        var page = await server.GetTextAsync("/components/");
        Assert.Contains("<title>Home</title>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>static 2</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<button>3</button>", page, StringComparison.Ordinal);
        Assert.Contains("<!--Blazor:{\"type\":\"server\"", page, StringComparison.Ordinal);

        using var script = await server.GetAsync("/components/_framework/blazor.web.js");
        Assert.Equal(HttpStatusCode.OK, script.StatusCode);
        Assert.Equal("text/javascript", script.Content.Headers.ContentType?.MediaType);
        Assert.True((await script.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length > 100_000);

        using var circuit = await server.Client.PostAsync("/components/_blazor/negotiate?negotiateVersion=1", null, TestContext.Current.CancellationToken);
        Assert.Contains("connectionToken", await circuit.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_generators_for_JSON_regular_expressions_logging_and_validation_run()
    {
        var server = await _fixture.GetAsync();

        Assert.Equal("""{"NAME":"one","COUNT":2}""", await server.GetTextAsync("/generated/json"));
        Assert.Equal("a#b#", await server.GetTextAsync("/generated/regex/a12b3"));
        Assert.Equal("5", await server.GetTextAsync("/generated/valid?number=5"));
        Assert.Equal(HttpStatusCode.BadRequest, (await server.GetAsync("/generated/valid?number=11")).StatusCode);
        await server.GetTextAsync("/generated/log/hello");
        Assert.Contains((LogLevel.Information, "generated: Order", "Somebody said hello."), server.Log.Entries);
    }
}
