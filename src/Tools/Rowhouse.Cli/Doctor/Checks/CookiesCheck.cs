using Rowhouse.Hosting;

namespace Rowhouse.Cli.Doctor.Checks;

/// <summary>Asks each app of the running server for its first page, as a visitor by https, and looks at the cookies it sets.</summary>
internal sealed class CookiesCheck : IDoctorCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public string Name => "cookies";

    public async ValueTask<IEnumerable<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        if (context.Server is null || context.Config.Listeners.FirstOrDefault(CanAsk) is not { } listener)
        {
            return [];
        }

        var findings = new List<Finding>();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = new Uri($"http://{(listener.Host == "localhost" ? "127.0.0.1" : listener.Host)}:{listener.Port}"),
            Timeout = Timeout,
        };
        foreach (var app in context.Apps)
        {
            findings.AddRange(await LookAsync(client, app, cancellationToken));
        }

        return findings;
    }

    private static bool CanAsk(ListenerUri listener) => listener is { Scheme: ListenerScheme.Http, Port: > 0 } && EnvironmentCheck.IsOnLoopback(listener);

    private static async Task<IEnumerable<Finding>> LookAsync(HttpClient client, ExaminedApp app, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{app.Name}/");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Accept.ParseAdd("text/html");
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode >= 400)
            {
                return [Finding.Warning($"/{app.Name}/ is answered with {(int)response.StatusCode}", "its cookies could not be looked at", $"see 'rowhouse apps list' for the state of {app.Name}", app.Name)];
            }

            var cookies = response.Headers.TryGetValues("Set-Cookie", out var values) ? values.ToList() : [];
            var faults = cookies.SelectMany(cookie => Judge(cookie, app.Name)).ToList();
            return faults.Count > 0 ? faults : [Finding.Ok(cookies.Count == 0 ? "the first page sets none" : "HttpOnly and SameSite are set", app.Name)];
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return [Finding.Warning($"the first page does not answer: {e.Message}", "its cookies could not be looked at", $"see 'rowhouse apps list' for the state of {app.Name}", app.Name)];
        }
    }

    private static IEnumerable<Finding> Judge(string cookie, string app)
    {
        var parts = cookie.Split(';', StringSplitOptions.TrimEntries);
        var name = parts[0].Split('=')[0];
        var attributes = parts.Skip(1).Select(part => part.Split('=')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!attributes.Contains("HttpOnly"))
        {
            yield return Finding.Warning(
                $"the cookie '{name}' is not HttpOnly", "a script injected into a page can read and send it away", "set HttpOnly in its CookieOptions, unless a script of yours needs it", app);
        }

        if (!attributes.Contains("SameSite"))
        {
            yield return Finding.Warning(
                $"the cookie '{name}' has no SameSite", "other sites can make a visitor's browser send it along with their requests", "set SameSite to Lax or Strict in its CookieOptions", app);
        }
    }
}
