using System.Diagnostics;
using System.Text;

namespace Rowhouse.Hosting.Building.Projects;

/// <summary>The .NET SDK of this machine, as far as there is one.</summary>
internal static class DotnetSdk
{
    private static readonly Lazy<Task<string?>> FoundVersion = new(FindVersionAsync);

    // Set by an SDK or a test runner that started the server; they would send the build to the wrong tools.
    private static readonly string[] ForeignVariables =
        ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "CI"];

    /// <summary>The SDK's version; null if none is installed.</summary>
    public static Task<string?> VersionAsync => FoundVersion.Value;

    /// <summary>Runs <c>dotnet</c> with these arguments.</summary>
    /// <returns>The exit code and all lines of both outputs.</returns>
    public static async Task<(int ExitCode, IReadOnlyList<string> Lines)> RunAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Executable())
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var variable in ForeignVariables)
        {
            start.Environment.Remove(variable);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        process.StandardInput.Close();
        try
        {
            var output = ReadLinesAsync(process.StandardOutput, cancellationToken);
            var errors = ReadLinesAsync(process.StandardError, cancellationToken);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return (process.ExitCode, [.. await output.ConfigureAwait(false), .. await errors.ConfigureAwait(false)]);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task<List<string>> ReadLinesAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    private static async Task<string?> FindVersionAsync()
    {
        try
        {
            var (exitCode, lines) = await RunAsync(AppContext.BaseDirectory, ["--list-sdks"], CancellationToken.None).ConfigureAwait(false);
            return exitCode == 0 ? lines.LastOrDefault(line => line.Length > 0)?.Split(' ')[0] : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string Executable()
    {
        // The runtime that runs the server knows where its own dotnet is, even if it is not on the PATH.
        var root = Path.GetFullPath(Path.Combine(FrameworkAssemblies.RuntimeFolder, "..", "..", ".."));
        var beside = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(beside) ? beside : "dotnet";
    }
}
