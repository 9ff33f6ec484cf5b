using System.Net;
using Rowhouse.Benchmarks.Processes;

namespace Rowhouse.Benchmarks.Sessions.Requests;

/// <summary>The requests of many visitors in turns, each with a session of its own.</summary>
internal static class VisitorScript
{
    /// <summary>More than there are connections, so that no session has two requests at once.</summary>
    private const int Visitors = 200;

    /// <summary>Begins the sessions and writes the script for wrk.</summary>
    /// <returns>The path of the script.</returns>
    public static async Task<string> WriteAsync(ServerProcess app, string folder, CancellationToken cancellationToken)
    {
        var cookies = new List<string>();
        while (cookies.Count < Visitors)
        {
            cookies.Add(await BeginAsync(app, cancellationToken).ConfigureAwait(false));
        }

        await CheckAsync(app, cookies[0], cancellationToken).ConfigureAwait(false);
        var path = Path.Combine(folder, $"visitors-{app.Id}.lua");
        await File.WriteAllTextAsync(
            path,
            $$"""
            local cookies = { {{string.Join(", ", cookies.Select(cookie => $"\"{cookie}\""))}} }
            local requests, last = {}, 0

            init = function(args)
              for number, cookie in ipairs(cookies) do
                requests[number] = wrk.format(nil, nil, { ["Host"] = wrk.headers["Host"], ["Cookie"] = cookie })
              end
            end

            request = function()
              last = last % #requests + 1
              return requests[last]
            end
            """,
            cancellationToken).ConfigureAwait(false);
        return path;
    }

    /// <summary>Begins a session.</summary>
    /// <returns>Its cookie, name and value.</returns>
    public static async Task<string> BeginAsync(ServerProcess app, CancellationToken cancellationToken)
    {
        using var response = await app.Client.GetAsync(new Uri(SessionApp.Visit, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    // What is compared must be the same work.
    private static async Task CheckAsync(ServerProcess app, string cookie, CancellationToken cancellationToken)
    {
        for (var expected = 2; expected <= 3; expected++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, SessionApp.Visit);
            request.Headers.Add("Cookie", cookie);
            using var response = await app.Client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK || text != $"{expected}")
            {
                throw new InvalidOperationException($"Visit {expected} of a session was answered with {(int)response.StatusCode} and '{text}'.");
            }
        }
    }
}
