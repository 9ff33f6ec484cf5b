using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Running;

/// <summary>An app with sessions, and a visitor who keeps his cookie over its reloads.</summary>
internal sealed class SessionApp
{
    public const string Program = """
        using Rowhouse.Sessions;

        var builder = WebApplication.CreateBuilder(args);
        builder.AddAppConfig();
        builder.AddRowhouseSessions();
        builder.Services.AddSession();
        var app = builder.Build();
        app.UseSession();
        app.MapGet("/number", (IConfiguration configuration) => configuration["Number"]).WithMetadata(new NoSessionAttribute());
        app.MapGet("/visit", (HttpContext context, CancellationToken token) => context.Session.UpdateAsync<Visits>("visits", visits => new Visits((visits?.Count ?? 0) + 1), token));
        app.MapGet("/alone", (HttpContext context) => context.Session.Get<Visits>("visits")).WithMetadata(new ExclusiveSessionAttribute());
        app.Run();

        public sealed record Visits(int Count);
        """;

    private string? _cookie;
    private int _visits;

    /// <summary>Visits the app once more; it must know how often that was.</summary>
    public async Task UseAsync(TestServer server, string app)
    {
        _visits++;
        Assert.Equal($"{{\"count\":{_visits}}}", await GetAsync(server, $"/{app}/visit"));
        Assert.Equal($"{{\"count\":{_visits}}}", await GetAsync(server, $"/{app}/alone"));
        Assert.StartsWith($"rowhouse-{app}=", _cookie, StringComparison.Ordinal);
    }

    private async Task<string> GetAsync(TestServer server, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (_cookie is not null)
        {
            request.Headers.Add("Cookie", _cookie);
        }

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var lines))
        {
            Assert.Contains($"; path={path[..path.IndexOf('/', 1)]};", lines.Single(), StringComparison.Ordinal);
            _cookie = lines.Single().Split(';')[0];
        }

        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
