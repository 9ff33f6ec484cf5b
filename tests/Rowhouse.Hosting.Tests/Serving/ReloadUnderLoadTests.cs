using System.Net;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

public sealed class ReloadUnderLoadTests
{
    private const int Clients = 8;
    private const int Reloads = 8;

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task No_request_fails_while_an_app_is_reloaded_under_constant_load(string environment)
    {
        using var root = new TestRoot();
        root.WriteApp("shop", "0");
        await using var server = await TestServer.StartAsync(root, environment);
        Assert.Equal("0", await server.GetTextAsync("/shop/"));
        using var over = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(_ => RunClientAsync(server, over.Token)).ToList();

        for (var version = 1; version <= Reloads; version++)
        {
            root.WriteApp("shop", $"{version}");
            await server.WaitForAsync("shop", app => app.Instance > version, $"reload {version}");
        }

        await over.CancelAsync();
        var requests = await Task.WhenAll(clients);

        Assert.All(requests, count => Assert.True(count > Reloads));
        Assert.Equal($"{Reloads}", await server.GetTextAsync("/shop/"));
        Assert.Empty(server.Log.Errors);
    }

    // One keep-alive connection; its answers never go back to an older version.
    private static async Task<int> RunClientAsync(TestServer server, CancellationToken over)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false }) { BaseAddress = server.Address };
        var (requests, version) = (0, 0);
        while (!over.IsCancellationRequested)
        {
            using var response = await client.GetAsync("/shop/", CancellationToken.None);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var answer = int.Parse(await response.Content.ReadAsStringAsync(CancellationToken.None), System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(answer >= version, $"version {answer} answered after version {version}");
            version = answer;
            requests++;
        }

        return requests;
    }
}
