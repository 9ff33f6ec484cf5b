using Rowhouse.Tests;

namespace Rowhouse.EndToEnd.Tests.Templates;

/// <summary>The SDK's own templates.</summary>
internal static class DotnetNew
{
    /// <summary>Makes a project as <c>dotnet new</c> makes it, named by its folder. Nothing is restored: that is the server's work.</summary>
    public static async Task MakeAsync(string template, string folder)
    {
        await using var process = ChildProcess.StartCommand(
            ["dotnet", "new", template, "--output", folder, "--no-restore", "--no-update-check"],
            ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
            ("DOTNET_NOLOGO", "1"));
        Assert.True(await process.WaitForExitAsync() == 0, $"dotnet new {template}:\n{process.Output}\n{process.Error}");
    }
}
