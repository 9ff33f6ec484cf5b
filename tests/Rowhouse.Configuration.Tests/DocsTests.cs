using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace Rowhouse.Configuration.Tests;

public sealed partial class DocsTests
{
    private static readonly string[] Pages = ["how-to/configuration.md", "how-to/secrets.md", "reference/appconfig.md", "reference/connection-uris.md"];

    public static TheoryData<string> PagesWithCode => [.. Pages.Take(3)];

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public void Every_ini_file_in_the_docs_is_read_without_an_error(string page)
    {
        var examples = Blocks(page, "ini");
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            using var app = new ConfigApp(example);
            app.Variables["DB_PASSWORD"] = app.Variables["SMTP_PASSWORD"] = "p@ss";
            Assert.Empty(app.Problems());
        });
    }

    [Fact]
    public void The_file_of_the_how_to_is_what_its_code_takes()
    {
        using var app = new ConfigApp(Blocks("how-to/configuration.md", "ini").First());
        var web = DocExamples.Build([$"--contentRoot={app.Folder}"], app.Configure);

        var taken = DocExamples.TakeAll(web.Services.GetRequiredService<AppConfig>());

        Assert.Equal((TimeSpan.FromMinutes(20), 512L << 20, 2, 1.08m, "mail.example.com", "sqlite"), (taken.Timeout, taken.Limit, taken.Admins.Length, taken.Rates["dollar"], taken.Mail.Host, taken.Database.Scheme));
    }

    [Fact]
    public void The_code_in_the_docs_is_compiled()
    {
        var lines = Lines(File.ReadAllText(Path.Combine(Folder(), "DocExamples.cs")));
        var blocks = Pages.SelectMany(page => Blocks(page, "csharp")).ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Subset(lines.ToHashSet(), Lines(block).ToHashSet()));
    }

    [Fact]
    public void The_reference_shows_every_scheme_and_option()
    {
        var expected = new StringBuilder();
        foreach (var scheme in ConnectionScheme.All)
        {
            var alias = scheme.Alias is null ? "" : $" (or `{scheme.Alias}:`)";
            expected.Append(CultureInfo.InvariantCulture, $"### {scheme.Name}\n\n{char.ToUpperInvariant(scheme.Meaning[0])}{scheme.Meaning[1..]}{alias}: `{scheme.Example}`\n\n");
            if (scheme.Options.Length > 0)
            {
                expected.Append("| option | value | what |\n|---|---|---|\n");
                expected.AppendJoin('\n', scheme.Options.Select(option => $"| `{option.Name}` | {option.Allowed} | {option.Meaning} |")).Append("\n\n");
            }
        }

        var page = Read("reference/connection-uris.md");
        var shown = page[page.IndexOf("### file", StringComparison.Ordinal)..];

        Assert.Equal(expected.ToString().TrimEnd(), shown.TrimEnd());
    }

    [Fact]
    public void Every_uri_in_the_docs_is_one()
    {
        var uris = Pages.SelectMany(page => Uri().Matches(Read(page))).Select(match => match.Groups[1].Value).Where(uri => uri.IndexOfAny(['{', '…']) < 0).ToList();

        Assert.True(uris.Count > 10);
        Assert.All(uris, uri => ConnectionUris.Parse(uri));
    }

    [Fact]
    public void The_reference_names_every_setting_that_is_known() =>
        Assert.All(KnownSettings.All, setting => Assert.Contains($"| `{ConfigKey.Print(setting.Key)}` | {setting.Meaning} |", Read("reference/appconfig.md"), StringComparison.Ordinal));

    private static List<string> Blocks(string page, string language) =>
        [.. Block().Matches(Read(page)).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value)];

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Read(string page) => File.ReadAllText(Path.Combine(Folder(), "../../docs", page));

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [GeneratedRegex("```(\\w+)\n(.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Block();

    // In code marks, with one of the schemes in front.
    [GeneratedRegex("`((?:file|sqlite|postgres|mysql|mssql|rediss?|memcached|memory|cookie):[^`]*)`", RegexOptions.CultureInvariant)]
    private static partial Regex Uri();
}
