namespace Rowhouse.Hosting.Tests.Pages;

public sealed class BuildErrorPageTests : IDisposable
{
    private const string Attack = "</code></pre><script>alert(1)</script>\"'>";

    private readonly PageAppFolder _app = new();

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("Controllers/HomeController.cs")]
    [InlineData("Views/Home/Index.cshtml")]
    [InlineData("Components/Counter.razor")]
    public void Each_kind_of_source_is_shown_with_place_message_and_the_word_underlined(string name)
    {
        var page = Render(new BuildDiagnostic(BuildSeverity.Error, "CS0103", _app.WriteLines(name, 20), 10, 1, "The name 'line10' does not exist"));

        Assert.Contains($"<b>{name}</b>, line 10, column 1", page.Html, StringComparison.Ordinal);
        Assert.Contains("error CS0103</span> The name &#x27;line10&#x27; does not exist", page.Html, StringComparison.Ordinal);
        Assert.Contains("<u>line10</u> here", page.Html, StringComparison.Ordinal);
        Assert.Contains("line5 here", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("line4 here", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("line16 here", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_form_points_at_the_column()
    {
        var file = _app.Write("A.cs", "class A\n{\n\tvar x = oops;\n}\n");

        var page = Render(new BuildDiagnostic(BuildSeverity.Error, "CS0103", file, 3, 10, "No 'oops'"));

        Assert.Equal(
            """
            The app 'shop' does not compile: 1 error.

            A.cs(3,10): error CS0103: No 'oops'
                    1 | class A
                    2 | {
              >     3 | TABvar x = oops;
                      | TAB        ^^^^
                    4 | }

            """.Replace("TAB", "\t", StringComparison.Ordinal),
            page.Text);
    }

    [Fact]
    public void Errors_come_before_warnings_and_the_same_message_once()
    {
        var warning = new BuildDiagnostic(BuildSeverity.Warning, "CS0168", "", 0, 0, "never used");
        var error = new BuildDiagnostic(BuildSeverity.Error, "CS1002", "", 0, 0, "; expected");

        var page = Render(warning, error, error);

        Assert.StartsWith("The app 'shop' does not compile: 1 error, 1 warning.\n\nerror CS1002: ; expected\n\nwarning CS0168", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_from_outside_is_never_markup()
    {
        var file = _app.Write($"{Attack.Replace('/', '_')}.cs", $"{Attack}\n{Attack}\n");

        var page = new BuildErrorPage
        {
            App = Attack,
            AppFolder = _app.Path,
            Diagnostics = [new(BuildSeverity.Error, Attack, file, 1, 8, Attack), new(BuildSeverity.Error, "X", Attack, 1, 1, "m")],
            WatchUrl = Attack,
        }.Render();

        Assert.Contains("alert(1)", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\"'>", page.Html, StringComparison.Ordinal);
        Assert.Equal(1, page.Html.Split("<script").Length - 1);
    }

    [Fact]
    public void A_file_outside_the_app_is_named_but_not_shown()
    {
        var page = Render(new BuildDiagnostic(BuildSeverity.Error, "CS0001", _app.Outside, 1, 1, "m"));

        Assert.Contains(_app.Outside, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", page.Html + page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_errors_make_a_page_of_bounded_size()
    {
        var file = _app.WriteLines("A.cs", 2000);
        var diagnostics = Enumerable.Range(1, 1000)
            .Select(line => new BuildDiagnostic(BuildSeverity.Error, "CS0001", file, line, 1, new string('m', 100_000)));

        var page = Render([.. diagnostics]);

        Assert.Equal(BuildErrorPage.MaxExcerpts, page.Html.Split("<pre").Length - 1);
        Assert.Equal(BuildErrorPage.MaxShown, page.Html.Split("<article").Length - 1);
        Assert.Contains("… and 900 more.", page.Html, StringComparison.Ordinal);
        Assert.InRange(page.Html.Length, 1, 400_000);
    }

    [Fact]
    public void The_last_good_build_is_spoken_of_only_if_there_is_one()
    {
        var page = new BuildErrorPage { App = "shop", AppFolder = _app.Path, Diagnostics = [] };

        Assert.DoesNotContain("last good build", page.Render().Html, StringComparison.Ordinal);
        Assert.Contains("last good build", (page with { LastGoodServes = true }).Render().Html, StringComparison.Ordinal);
        Assert.Contains("last good build", (page with { LastGoodServes = true }).Render().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_address_to_watch_the_page_has_no_script()
    {
        var page = new BuildErrorPage { App = "shop", AppFolder = _app.Path, Diagnostics = [] };

        Assert.DoesNotContain("<script", page.Render().Html, StringComparison.Ordinal);
        Assert.Contains(
            "data-url=\"/_rowhouse/build?app=shop&amp;after=7\"",
            (page with { WatchUrl = "/_rowhouse/build?app=shop&after=7" }).Render().Html,
            StringComparison.Ordinal);
    }

    private PageContent Render(params BuildDiagnostic[] diagnostics) =>
        new BuildErrorPage { App = "shop", AppFolder = _app.Path, Diagnostics = diagnostics }.Render();
}
