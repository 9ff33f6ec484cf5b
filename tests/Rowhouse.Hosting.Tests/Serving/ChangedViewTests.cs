using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Serving;

public sealed class ChangedViewTests : IDisposable
{
    private readonly TestRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Views_that_change_one_after_the_other_all_show_their_newest_text_in_the_same_instance()
    {
        _root.Write("shop", "Controllers/DefaultController.cs", """
            using Microsoft.AspNetCore.Mvc;
            public class DefaultController : Controller
            {
                private static readonly Guid Instance = Guid.NewGuid();
                public IActionResult First() => View(Instance);
                public IActionResult Second() => View(Instance);
            }
            """);
        Save("First", "first 1");
        Save("Second", "second 1");
        await using var server = await TestServer.StartAsync(_root);
        var instance = await WaitForAsync(server, "First", "first 1");

        Save("First", "first 2");
        Assert.Equal(instance, await WaitForAsync(server, "First", "first 2"));
        Save("Second", "second 2");
        Assert.Equal(instance, await WaitForAsync(server, "Second", "second 2"));
        Assert.Equal(instance, await WaitForAsync(server, "First", "first 2"));

        // Back to what the app was compiled with.
        Save("First", "first 1");
        Assert.Equal(instance, await WaitForAsync(server, "First", "first 1"));
        Assert.Equal(instance, await WaitForAsync(server, "Second", "second 2"));
    }

    private void Save(string view, string text) => _root.Write("shop", $"Views/Default/{view}.cshtml", $"@model Guid\n{text}|@Model|");

    private static async Task<string> WaitForAsync(TestServer server, string view, string text)
    {
        var body = "";
        await Eventually.HoldsAsync(
            async () => (body = await server.GetTextAsync($"/shop/Default/{view}")).Contains(text, StringComparison.Ordinal), $"{view}: {text}");
        return body.Split('|')[1];
    }
}
