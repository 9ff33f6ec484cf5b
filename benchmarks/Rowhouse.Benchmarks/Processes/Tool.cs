using System.Diagnostics;

namespace Rowhouse.Benchmarks.Processes;

/// <summary>Runs a program to its end.</summary>
internal static class Tool
{
    /// <summary>What it printed.</summary>
    /// <exception cref="InvalidOperationException">It cannot be started or did not exit with 0.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string folder, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, folder);
        return await FinishAsync(process, cancellationToken).ConfigureAwait(false);
    }

    public static Process Start(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        ChildEnvironment.Clean(start);
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"'{program}' does not start ({e.Message}). Is it installed? On Debian: apt-get install {Path.GetFileName(program)}", e);
        }
    }

    public static async Task<string> FinishAsync(Process process, CancellationToken cancellationToken)
    {
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        var (printed, complaints) = (await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return process.ExitCode == 0
            ? printed
            : throw new InvalidOperationException($"'{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}' exited with {process.ExitCode}:\n{printed}\n{complaints}");
    }
}
