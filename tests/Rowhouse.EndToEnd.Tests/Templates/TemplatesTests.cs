namespace Rowhouse.EndToEnd.Tests.Templates;

[Collection<SharedTemplateServer>]
public sealed class TemplatesTests
{
    private readonly TemplateServer _server;

    public TemplatesTests(TemplateServer server)
    {
        _server = server;
    }

    [Fact]
    public async Task Each_template_runs_in_the_servers_process()
    {
        var apps = await _server.ListAsync();

        Assert.All(TemplateServer.Names, name => Assert.Contains(apps, app => app.GetProperty("name").GetString() == name));
        Assert.All(apps, app =>
        {
            Assert.Equal("running", app.GetProperty("state").GetString());
            Assert.Equal("shared", app.GetProperty("isolation").GetString());
        });
    }

    [Fact]
    public async Task The_templates_are_served_as_dotnet_new_made_them()
    {
        await _server.GetTextAsync("/mvc/");

        Assert.Empty(_server.FindChanges());
    }

    [Fact]
    public async Task The_empty_template_answers()
    {
        Assert.Equal("Hello World!", await _server.GetTextAsync("/web/"));
    }
}
