using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Running;

public sealed class UserSecretsTests : IDisposable
{
    private readonly string _id = $"rowhouse-test-{Guid.NewGuid():N}";
    private readonly TestRoot _root = new();

    public UserSecretsTests()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "secrets.json"), """{ "Mail": { "Password": "from the user's secrets", "Host": "from the user's secrets" } }""");
        _root.Write("shop", "appsettings.json", """{ "Mail": { "Password": "from appsettings.json" } }""");
        _root.Write("shop", "Program.cs", $$"""
            [assembly: Microsoft.Extensions.Configuration.UserSecrets.UserSecretsId("{{_id}}")]
            var builder = WebApplication.CreateBuilder([.. args, "--Mail:Host=from the command line"]);
            var app = builder.Build();
            app.MapGet("/", (IConfiguration settings) => $"{settings["Mail:Password"]}, {settings["Mail:Host"]}");
            app.Run();
            """);
    }

    private string Folder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".microsoft", "usersecrets", _id);

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    [Theory]
    [InlineData("Development", "from the user's secrets, from the command line")]
    [InlineData("Production", "from appsettings.json, from the command line")]
    public async Task A_developers_secrets_win_over_the_settings_file_in_development_only(string environment, string expected)
    {
        await using var server = await TestServer.StartAsync(_root, environment);

        Assert.Equal(expected, await server.GetTextAsync("/shop/"));
    }
}
