using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Rowhouse.EndToEnd.Tests.Templates;

[Collection<SharedTemplateServer>]
public sealed class SignalRTests
{
    private readonly TemplateServer _server;
    private readonly CancellationToken _canceled = TestContext.Current.CancellationToken;

    public SignalRTests(TemplateServer server)
    {
        _server = server;
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets, "WebSockets")]
    [InlineData(HttpTransportType.ServerSentEvents, "ServerSentEvents")]
    [InlineData(HttpTransportType.LongPolling, "LongPolling")]
    public async Task What_one_client_says_the_other_hears(HttpTransportType transport, string name)
    {
        await using var speaker = await ConnectAsync(transport);
        await using var listener = await ConnectAsync(transport);
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handler = listener.On<string>("heard", words => heard.TrySetResult(words));

        await speaker.InvokeAsync("Say", $"hello by {name}", _canceled);

        Assert.Equal($"hello by {name}", await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), _canceled));
        Assert.Equal(name, await speaker.InvokeAsync<string>("Transport", _canceled));
    }

    [Fact]
    public async Task A_hub_streams_in_both_directions_over_a_websocket()
    {
        await using var connection = await ConnectAsync(HttpTransportType.WebSockets);

        Assert.Equal(Enumerable.Range(1, 100), await connection.StreamAsync<int>("Count", 100, _canceled).ToListAsync(_canceled));
        Assert.Equal(5050, await connection.InvokeAsync<int>("Sum", Enumerable.Range(1, 100).ToAsyncEnumerable(), _canceled));
    }

    private async Task<HubConnection> ConnectAsync(HttpTransportType transport)
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(_server.Address, "/chat/hub"), transport).Build();
        await connection.StartAsync(_canceled);
        return connection;
    }
}
