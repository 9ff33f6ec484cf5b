namespace Rowhouse.Hosting.Tests.Pages;

public sealed class UnknownAppPageTests
{
    private static readonly AppStatus[] Apps =
    [
        new() { Name = "blog", State = AppState.Running, Routes = ["/blog"] },
        new() { Name = "shop", State = AppState.Failed, Routes = ["shop.example.com", "/shop"] },
        new() { Name = "hidden", State = AppState.Idle, Routes = ["hidden.example.com"] },
    ];

    [Theory]
    [InlineData("/shpo/cart", "shop")]
    [InlineData("/Blogs", "blog")]
    [InlineData("/hiden", "hidden")]
    public void A_typing_error_leads_to_the_app_that_was_meant(string path, string name) =>
        Assert.Matches($"Did you mean <[^>]+>{name}", Render(path).Html);

    [Theory]
    [InlineData("/forum")]
    [InlineData("/")]
    public void A_name_that_resembles_none_leads_nowhere(string path) =>
        Assert.DoesNotContain("Did you mean", Render(path).Html, StringComparison.Ordinal);

    [Fact]
    public void It_says_which_apps_there_are_and_how_to_make_the_one_asked_for()
    {
        var page = Render("/forum/topics");

        Assert.Contains("""<a href="/blog">blog</a>""", page.Html, StringComparison.Ordinal);
        Assert.Contains("""<a href="/shop">shop</a>""", page.Html, StringComparison.Ordinal);
        Assert.Contains("hidden.example.com", page.Html, StringComparison.Ordinal);
        Assert.Contains("<kbd>rowhouse new forum</kbd>", page.Html, StringComparison.Ordinal);
        Assert.Contains("rowhouse new forum", page.Text, StringComparison.Ordinal);
        Assert.Contains("blog  /blog  (running)", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/<script>alert(1)</script>")]
    [InlineData("/\"><img src=x onerror=alert(1)>")]
    [InlineData("/'; drop")]
    public void The_path_is_never_markup_and_no_app_of_a_bad_name_is_proposed(string path)
    {
        var page = Render(path);

        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("rowhouse new", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_cannot_drive_the_terminal() =>
        Assert.DoesNotContain('\u001b', Render("/\u001b]0;owned\u0007").Text);

    [Fact]
    public void A_long_path_is_cut() =>
        Assert.InRange(Render("/" + new string('a', 1_000_000)).Html.Length, 1, 20_000);

    [Fact]
    public void At_the_root_it_says_how_to_name_a_default_app() =>
        Assert.Contains("/ = NAME", Render("/").Html, StringComparison.Ordinal);

    [Fact]
    public void The_plain_page_reveals_nothing()
    {
        var page = UnknownAppPage.Plain;

        Assert.Equal("Not found\n", page.Text);
        Assert.Null(page.Detail);
        Assert.Empty(page.Extensions);
        Assert.DoesNotContain("rowhouse", page.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_pages_for_visitors_name_no_server()
    {
        foreach (var page in new[] { UnavailablePage.Failed, UnavailablePage.Disabled })
        {
            Assert.DoesNotContain("rowhouse", page.Html + page.Text + page.Detail, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<script", page.Html, StringComparison.Ordinal);
        }
    }

    private static PageContent Render(string path) => new UnknownAppPage { Path = path, Apps = Apps }.Render();
}
