using System.Net;

namespace Rowhouse.Hosting.Tests;

public sealed class HiddenFileTests : IClassFixture<ThreeKinds>
{
    private static readonly string[] Hidden =
    [
        "private/appconfig.ini", "Private/AppConfig.ini", "appsettings.json", "Program.cs", "Views/Default/Index.txt", ".git/config", ".env",
        "project.csproj", "source.dll", "packed.dll", "rowhouse.json", "DISABLED", "build/", "data/orders.txt", "wwwroot/site.css", "wwwroot/", "obj/project.assets.json",
    ];

    private static readonly string[] LinksOutside =
    [
        "file.txt", "relative.txt", "twice.txt", "up/Program.cs", "up/private/appconfig.ini", "up2/appsettings.json", "up2/wwwroot/up/Program.cs",
        "data/orders.txt", "css/root/outside.txt", "css/root/applications/source/Program.cs", "styles/root/outside.txt",
    ];

    private readonly ThreeKinds _kinds;

    public HiddenFileTests(ThreeKinds kinds)
    {
        _kinds = kinds;
    }

    public static TheoryData<string> Apps => [.. ThreeKinds.Apps];

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task Web_files_are_served_and_nothing_else_of_an_app(string app)
    {
        Assert.Equal("body {}", await _kinds.Server.GetTextAsync($"/{app}/site.css"));
        foreach (var path in Hidden)
        {
            await AssertHiddenAsync(app, path);
        }
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task A_link_in_the_web_root_is_followed_within_it_and_never_out_of_it(string app)
    {
        foreach (var path in LinksOutside)
        {
            await AssertHiddenAsync(app, path);
        }

        Assert.Equal("body {}", await _kinds.Server.GetTextAsync($"/{app}/same.css"));
        Assert.Equal("a {}", await _kinds.Server.GetTextAsync($"/{app}/styles/real.css"));
    }

    private async Task AssertHiddenAsync(string app, string path)
    {
        using var response = await _kinds.Server.GetAsync($"/{app}/{path}");
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(ThreeKinds.Secret, body, StringComparison.Ordinal);

        // It is the app's own last resort that answers, so the app was asked and had no such file.
        Assert.Equal((HttpStatusCode.OK, $"{app}|/{app}|/{path}"), (response.StatusCode, body));
    }
}
