using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rowhouse.EndToEnd.Tests.Templates;

/// <summary>The templates that are sites: MVC and Razor Pages.</summary>
[Collection<SharedTemplateServer>]
public sealed partial class SiteTests
{
    private readonly TemplateServer _server;

    public SiteTests(TemplateServer server)
    {
        _server = server;
    }

    public static TheoryData<string, string> Privacy => new() { { "mvc", "/mvc/Home/Privacy" }, { "webapp", "/webapp/Privacy" }, { "razor", "/razor/Privacy" } };

    public static TheoryData<string, string> Errors => new() { { "mvc", "/mvc/Home/Error" }, { "webapp", "/webapp/Error" }, { "razor", "/razor/Error" } };

    public static TheoryData<string> Sites => ["mvc", "webapp", "razor", TemplateCopies.Mvc, TemplateCopies.Pages];

    [Theory]
    [MemberData(nameof(Privacy))]
    public async Task Home_and_privacy_pages_are_served(string app, string privacy)
    {
        Assert.Contains($"<title>Home page - {app}</title>", await _server.GetTextAsync($"/{app}/"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"<title>Privacy Policy - {app}</title>", await _server.GetTextAsync(privacy), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task The_error_page_is_served(string app, string error)
    {
        Assert.Contains("An error occurred while processing your request.", await _server.GetTextAsync(error), StringComparison.Ordinal);
        Assert.Contains($"<title>Error - {app}</title>", await _server.GetTextAsync(error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/" + TemplateCopies.Mvc + "/Form/Throw")]
    [InlineData("/" + TemplateCopies.Pages + "/Throw")]
    public async Task In_production_an_error_shows_the_templates_own_page_and_nothing_of_the_exception(string path)
    {
        using var response = await _server.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("An error occurred while processing your request.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sites))]
    public async Task Every_link_and_asset_of_the_home_page_is_below_the_path_base_and_there(string app)
    {
        var addresses = Addresses().Matches(await _server.GetTextAsync($"/{app}/")).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))
            .Where(address => !address.StartsWith("https://learn.microsoft.com/", StringComparison.Ordinal))
            .Distinct().ToList();

        Assert.Contains(addresses, address => address.StartsWith($"/{app}/css/site", StringComparison.Ordinal));
        Assert.Contains(addresses, address => address.StartsWith($"/{app}/js/site", StringComparison.Ordinal));
        foreach (var address in addresses)
        {
            Assert.Matches($"^/{app}(/|$)", address);
            Assert.NotEmpty(await _server.GetTextAsync(address == $"/{app}" ? address + "/" : address));
        }
    }

    [Theory]
    [MemberData(nameof(Sites))]
    public async Task The_bundle_of_scoped_styles_is_served(string app)
    {
        using var response = await _server.Client.GetAsync($"/{app}/{app}.styles.css", TestContext.Current.CancellationToken);

        Assert.Equal("text/css", response.Content.Headers.ContentType?.MediaType);
        Assert.Matches(@"a\.navbar-brand\[b-\w+\]", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Sites))]
    public async Task A_fingerprinted_asset_is_the_file_itself(string app)
    {
        using var manifest = JsonDocument.Parse(_server.ReadBuilt(app, $"{app}.staticwebassets.endpoints.json"));
        var route = manifest.RootElement.GetProperty("Endpoints").EnumerateArray()
            .Select(endpoint => endpoint.GetProperty("Route").GetString()!)
            .First(route => FingerprintedStyle().IsMatch(route));

        Assert.Equal(_server.ReadFile(app, "wwwroot/css/site.css"), await _server.GetTextAsync($"/{app}/{route}"));
    }

    [Theory]
    [InlineData(TemplateCopies.Mvc)]
    [InlineData(TemplateCopies.Pages)]
    public async Task A_published_asset_is_sent_as_it_was_compressed_when_it_was_built(string app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{app}/lib/bootstrap/dist/css/bootstrap.min.css");
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var response = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
    }

    [GeneratedRegex("(?:href|src)=\"([^\"#]+)\"")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"^css/site\.\w+\.css$")]
    private static partial Regex FingerprintedStyle();
}
