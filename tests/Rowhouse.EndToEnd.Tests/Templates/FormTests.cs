using System.Net;
using System.Text.RegularExpressions;

namespace Rowhouse.EndToEnd.Tests.Templates;

[Collection<SharedTemplateServer>]
public sealed partial class FormTests
{
    private readonly TemplateServer _server;
    private readonly CancellationToken _canceled = TestContext.Current.CancellationToken;

    public FormTests(TemplateServer server)
    {
        _server = server;
    }

    public static TheoryData<string> Forms => [$"/{TemplateCopies.Mvc}/Form", $"/{TemplateCopies.Pages}/Form"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_with_its_token_is_taken_and_what_it_left_is_shown_after_the_redirect(string path)
    {
        using var client = MakeClient();
        var form = await client.GetStringAsync(path, _canceled);
        var action = Action().Match(form);

        using var response = await PostAsync(client, action.Success ? action.Groups[1].Value : path, Token().Match(form).Groups[1].Value);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(path, response.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("Hello, Ada.", await response.Content.ReadAsStringAsync(_canceled), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_cookies_of_a_form_are_for_the_app_alone(string path)
    {
        using var response = await _server.Client.GetAsync(path, _canceled);

        var cookies = response.Headers.GetValues("Set-Cookie").ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie => Assert.Contains($"; path=/{path.Split('/')[1]};", cookie, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_without_a_token_is_refused(string path)
    {
        using var client = MakeClient();
        await client.GetStringAsync(path, _canceled);

        using var response = await PostAsync(client, path, token: null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_token_of_another_app_is_refused(string path)
    {
        using var client = MakeClient();
        await client.GetStringAsync(path, _canceled);
        var other = Forms.Select(row => row.Data).Single(form => form != path);
        var foreign = Token().Match(await client.GetStringAsync(other, _canceled)).Groups[1].Value;

        using var response = await PostAsync(client, path, foreign);

        Assert.NotEmpty(foreign);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private HttpClient MakeClient() => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _server.Address };

    private async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string? token)
    {
        var fields = new Dictionary<string, string> { ["name"] = "Ada" };
        if (token is not null)
        {
            fields["__RequestVerificationToken"] = token;
        }

        using var content = new FormUrlEncodedContent(fields);
        return await client.PostAsync(path, content, _canceled);
    }

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex Action();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
