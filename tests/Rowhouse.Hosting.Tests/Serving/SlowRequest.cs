using System.Text;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

/// <summary>A request whose answer has begun.</summary>
internal sealed class SlowRequest : IAsyncDisposable
{
    private const string Beginning = "begun ";

    private readonly HttpResponseMessage _response;
    private readonly Stream _body;

    private SlowRequest(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _body = body;
    }

    public static async Task<SlowRequest> BeginAsync(TestServer server, string path)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var response = await server.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[Beginning.Length];
        await body.ReadExactlyAsync(buffer, cancellation);
        Assert.Equal(Beginning, Encoding.UTF8.GetString(buffer));
        return new SlowRequest(response, body);
    }

    /// <exception cref="IOException">The answer was cut off.</exception>
    public async Task<string> ReadToEndAsync()
    {
        using var reader = new StreamReader(_body, leaveOpen: true);
        return Beginning + await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _body.DisposeAsync();
        _response.Dispose();
    }
}
