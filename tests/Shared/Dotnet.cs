using System.Diagnostics;

namespace Rowhouse.Tests;

/// <summary>The .NET SDK of this machine, as a developer uses it.</summary>
public static class Dotnet
{
    /// <summary>Publishes a project for production.</summary>
    /// <returns>The folder of the output, beside the project's.</returns>
    public static async Task<string> PublishAsync(string project)
    {
        var output = project + "-published";
        await RunAsync(project, "publish", "--configuration", "Release", "--output", output, "--nologo", "--verbosity", "quiet", "-nodeReuse:false", "-property:UseAppHost=false");
        return output;
    }

    private static async Task RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{await output}\n{await errors}");
    }
}
