using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>A visitor: keeps cookies as a browser does, by their names, and sends them with every request.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _client;

    private readonly X509Certificate2? _trusted;

    public Browser(Uri address, X509Certificate2? trusted = null)
    {
        _trusted = trusted;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == trusted?.GetCertHashString();
        _client = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(180) };
    }

    public Dictionary<string, string> Cookies { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>The Set-Cookie lines of the last response.</summary>
    public IReadOnlyList<string> SetCookies { get; private set; } = [];

    /// <summary>The name of the host that is asked for, in the place of the address.</summary>
    public string? Host { get; set; }

    /// <summary>What a proxy says it was asked by; null without a proxy.</summary>
    public string? ForwardedScheme { get; set; }

    /// <summary>Another one with copies of the cookies.</summary>
    public Browser Copy() => new(_client.BaseAddress!, _trusted) { Cookies = new Dictionary<string, string>(Cookies, StringComparer.Ordinal), Host = Host };

    public async Task<HttpResponseMessage> SendAsync(string path, string? accept = null, HttpMethod? method = null, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Host = Host;
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        if (ForwardedScheme is not null)
        {
            request.Headers.Add("X-Forwarded-Proto", ForwardedScheme);
        }

        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        var response = await _client.SendAsync(request, completion, TestContext.Current.CancellationToken);
        Keep(response);
        return response;
    }

    /// <summary>GETs a page that must be there.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var response = await SendAsync(path);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return text;
    }

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await SendAsync(path);
        return response.StatusCode;
    }

    public void Dispose() => _client.Dispose();

    private void Keep(HttpResponseMessage response)
    {
        SetCookies = response.Headers.TryGetValues("Set-Cookie", out var lines) ? [.. lines] : [];
        foreach (var line in SetCookies)
        {
            var pair = line.Split(';')[0].Split('=', 2);
            if (line.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
            {
                Cookies.Remove(pair[0]);
            }
            else
            {
                Cookies[pair[0]] = pair[1];
            }
        }
    }
}
