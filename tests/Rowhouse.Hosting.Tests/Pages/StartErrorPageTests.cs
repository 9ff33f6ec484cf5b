namespace Rowhouse.Hosting.Tests.Pages;

public sealed class StartErrorPageTests : IDisposable
{
    private readonly PageAppFolder _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public void The_source_around_the_first_frame_of_the_apps_own_code_is_shown()
    {
        var file = _app.WriteLines("Startup/Database.cs", 20);
        var exception = $"""
            System.InvalidOperationException: no database
               at System.Lib.Call() in {_app.Outside}:line 1
               at Framework.Run()
               at Shop.Database.Open(String name) in {file}:line 10
               at Program.<Main>$(String[] args) in {_app.WriteLines("Program.cs", 30)}:line 25
            """;

        var page = Render(StartFault.Threw, exception);

        Assert.Contains("<b>Startup/Database.cs</b>, line 10", page.Html, StringComparison.Ordinal);
        Assert.Contains("line10 here", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("line25 here", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", page.Html + page.Text, StringComparison.Ordinal);
        Assert.Contains("""<span class="other">   at Framework.Run()""", page.Html, StringComparison.Ordinal);
        Assert.Contains("""<span class="own">   at Shop.Database.Open""", page.Html, StringComparison.Ordinal);
        Assert.Contains(">    10 | line10 here", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_exception_is_read()
    {
        // Its stack names this test's own source file, which is outside the app: shown as text, not opened.
        var error = Assert.Throws<InvalidOperationException>((Action)(() => throw new InvalidOperationException("<b>oops</b>")));

        var page = Render(StartFault.Threw, error.ToString());

        Assert.Contains("&lt;b&gt;oops&lt;/b&gt;", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"source\"", page.Html, StringComparison.Ordinal);
        Assert.Contains(error.StackTrace!.Split('\n')[0].TrimEnd(), page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_fault_has_advice_of_its_own()
    {
        var texts = Enum.GetValues<StartFault>().Select(fault => Render(fault, null).Text).ToList();

        Assert.Equal(texts.Count, texts.Distinct().Count());
        Assert.Contains("start-timeout", Render(StartFault.TimedOut, null).Html, StringComparison.Ordinal);
        Assert.Contains("Environment.Exit", Render(StartFault.Exited, null).Html, StringComparison.Ordinal);
        Assert.Contains("app.Run()", Render(StartFault.Returned, null).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_of_megabytes_is_cut() =>
        Assert.InRange(Render(StartFault.Threw, new string('x', 5_000_000)).Html.Length, 1, 100_000);

    private PageContent Render(StartFault fault, string? exception) => new StartErrorPage
    {
        App = "shop",
        AppFolder = _app.Path,
        Fault = fault,
        Reason = "it went wrong",
        Exception = exception,
    }.Render();
}
