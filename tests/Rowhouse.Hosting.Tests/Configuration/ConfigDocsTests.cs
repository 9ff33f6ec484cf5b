using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Rowhouse.Hosting.Tests;

public sealed partial class ConfigDocsTests
{
    [Theory]
    [InlineData("reference/rowhouse-ini.md")]
    [InlineData("how-to/listen.md")]
    [InlineData("how-to/isolation.md")]
    [InlineData("how-to/many-apps.md")]
    [InlineData("how-to/reload.md")]
    [InlineData("how-to/route.md")]
    public void Every_example_of_the_docs_is_read_without_an_error(string page)
    {
        var examples = Example().Matches(File.ReadAllText(PathOf(page)))
            .Select(match => match.Groups[1].Value)
            .Where(example => !example.Contains("/etc/systemd/", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            using var root = new ConfigRoot(example);
            root.Read();
        }
    }

    [Fact]
    public void Every_key_is_in_the_reference()
    {
        var page = File.ReadAllText(PathOf("reference/rowhouse-ini.md"));
        Assert.All(AppSettingKey.Names.Concat(ServerSection.Keys), key => Assert.Contains($"| `{key}` |", page, StringComparison.Ordinal));
    }

    private static string PathOf(string page, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../docs", page);

    [GeneratedRegex("```ini\n(.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Example();
}
