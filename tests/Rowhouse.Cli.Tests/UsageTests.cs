namespace Rowhouse.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "Required command was not provided. See 'rowhouse --help'.")]
    [InlineData("apps", "Required command was not provided. See 'rowhouse apps --help'.")]
    [InlineData("appps", "'appps' is not a command of 'rowhouse'. Did you mean 'apps'?")]
    [InlineData("apps lst", "'lst' is not a command of 'rowhouse apps'. Did you mean 'list'?")]
    [InlineData("apps xyzzy", "'xyzzy' is not a command of 'rowhouse apps'. See 'rowhouse apps --help'.")]
    [InlineData("apps list --jsn", "'--jsn' is not an option of 'rowhouse apps list'. Did you mean '--json'?")]
    [InlineData("apps list more", "'more' is not an argument of 'rowhouse apps list'. See 'rowhouse apps list --help'.")]
    [InlineData("apps pack", "Required argument 'NAME' missing for command: 'pack'. See 'rowhouse apps pack --help'.")]
    [InlineData("run --listen", "Required argument missing for option: '--listen'. See 'rowhouse run --help'.")]
    [InlineData("new shop --template mvc", "'mvc' is not a template. There are app, pages, api, project. See 'rowhouse new --help'.")]
    [InlineData("new ../shop", "'../shop' cannot be the name of an app: it starts with a letter or digit and goes on with letters, digits, '-' and '_', at most 64 characters in all. See 'rowhouse new --help'.")]
    public async Task Wrong_usage_is_refused_in_one_line_with_exit_code_2(string commandLine, string message)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exitCode = await RowhouseCommandLine.RunAsync(
            commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), new Terminal(output, error, TextReader.Null), TestContext.Current.CancellationToken);

        Assert.Equal(2, exitCode);
        Assert.Empty(output.ToString());
        Assert.Equal($"rowhouse: {message}\n", error.ToString());
    }

    [Theory]
    [InlineData("apps enable shpo", "RH1004", "Did you mean 'shop'?")]
    [InlineData("apps disable SHOP", "RH1004", "Did you mean 'shop'?")]
    [InlineData("apps build shop sho", "RH1004", "Did you mean 'shop'?")]
    [InlineData("apps check blog", "RH1004", "'rowhouse apps list' shows those that are there.")]
    [InlineData("apps pack ../shop", "RH1003", "cannot be the name of an app")]
    [InlineData("apps remove shop2 --yes", "RH1004", "Did you mean 'shop'?")]
    [InlineData("apps install nothing.rha", "RH3005", "There is no file")]
    [InlineData("new Shop", "RH3002", "There is already an app 'shop'")]
    [InlineData("run --app shp", "RH1004", "Did you mean 'shop'?")]
    public async Task What_cannot_be_done_is_refused_in_one_line_with_exit_code_1(string commandLine, string code, string message)
    {
        using var root = new TemporaryRoot();
        root.AddApp("shop");

        var result = await root.RunAsync(commandLine.Split(' '));

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith($"rowhouse: {code}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_root_that_is_none_is_named()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exitCode = await RowhouseCommandLine.RunAsync(
            ["apps", "list", "--root", "/nowhere"], new Terminal(output, error, TextReader.Null), TestContext.Current.CancellationToken);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("rowhouse: RH1002: The root '/nowhere' has no folder 'applications'.", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shpo", "shop,blog,shop2", "shop")]
    [InlineData("shop3", "shop,blog,shop2", "shop,shop2")]
    [InlineData("bl", "blog,shop", "blog")]
    [InlineData("admin", "shop,blog", "")]
    [InlineData("Blog", "blog", "blog")]
    public void Close_matches_are_what_the_user_may_have_meant(string word, string candidates, string expected) =>
        Assert.Equal(expected, string.Join(',', CloseMatches.Find(word, candidates.Split(','))));
}
