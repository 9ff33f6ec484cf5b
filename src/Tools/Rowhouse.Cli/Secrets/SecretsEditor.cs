using System.Diagnostics;

namespace Rowhouse.Cli.Secrets;

/// <summary>
/// Secrets in the clear, in an editor. They lie in a folder that only their owner can enter, in memory (tmpfs) where there is such a place,
/// and it is deleted with all that the editor left beside them (backups, swap files).
/// </summary>
internal sealed class SecretsEditor
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly string[] ProgramVariables = ["VISUAL", "EDITOR"];

    private readonly Terminal _terminal;
    private readonly string _program;

    public SecretsEditor(Terminal terminal, string program)
    {
        _terminal = terminal;
        _program = program;
    }

    /// <summary>The editor that the user wants, perhaps with arguments.</summary>
    public static string FindProgram() =>
        ProgramVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(name => !string.IsNullOrWhiteSpace(name)) ?? "vi";

    /// <summary>Shows the text, and reads what it was changed to. If that is wrong and somebody is there, they may mend it.</summary>
    /// <exception cref="RowhouseException">RH3007: a line is wrong and is not mended; RH3008: the editor failed.</exception>
    public async Task<Dictionary<string, string>> EditAsync(string text, CancellationToken cancellationToken)
    {
        var folder = CreateFolder();
        try
        {
            var path = Path.Combine(folder, "secrets");
            await File.WriteAllTextAsync(path, text, cancellationToken);
            while (true)
            {
                await RunAsync(path, cancellationToken);
                try
                {
                    return SecretsText.Parse(await File.ReadAllTextAsync(path, cancellationToken));
                }
                catch (RowhouseException e) when (_terminal.CanAsk)
                {
                    _terminal.WriteError($"{e.Code}: {e.Message}");
                    if (!_terminal.Confirm("Open the editor again?"))
                    {
                        throw;
                    }
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string CreateFolder()
    {
        var above = new[] { Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), "/dev/shm" }.FirstOrDefault(Directory.Exists) ?? Path.GetTempPath();
        var folder = Path.Combine(above, $"rowhouse-secrets-{Guid.NewGuid():N}");
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder).FullName : Directory.CreateDirectory(folder, OnlyOwner).FullName;
    }

    private async Task RunAsync(string path, CancellationToken cancellationToken)
    {
        // $EDITOR may have arguments ("code --wait"), so it is the shell's to read, as git does it.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{_program} \"$@\"", _program, path]) { UseShellExecute = false })!;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw CliErrors.EditorFailed(_program, process.ExitCode);
        }
    }
}
