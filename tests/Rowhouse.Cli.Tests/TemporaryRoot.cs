using Rowhouse.Hosting;

namespace Rowhouse.Cli.Tests;

/// <summary>A root of a test's own, and the command line on it.</summary>
internal sealed class TemporaryRoot : IDisposable
{
    private readonly string _folder;

    public TemporaryRoot(string below = "")
    {
        _folder = Directory.CreateTempSubdirectory("rh-cli-").FullName;
        var folder = Path.Combine(_folder, below);
        Directory.CreateDirectory(Path.Combine(folder, "applications"));
        Root = ServerRoot.At(folder);
    }

    public ServerRoot Root { get; }

    /// <summary>Makes an app that has something to run.</summary>
    public string AddApp(string name, string code = "System.Console.WriteLine();")
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root.Applications, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "Program.cs"), code);
        return folder;
    }

    public string PathOf(string app, string file = "") => Path.Combine(Root.Applications, app, file);

    /// <summary>Runs the command line in this process, on this root.</summary>
    public Task<CliResult> RunAsync(params string[] args) => RunAsync(answer: null, args);

    /// <summary>Runs the command line with somebody at the keyboard, who types <paramref name="answer"/>.</summary>
    public async Task<CliResult> RunAsync(string? answer, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, new StringReader(answer ?? ""), canAsk: answer is not null);
        var exitCode = await RowhouseCommandLine.RunAsync([.. args, "--root", Root.Folder], terminal, TestContext.Current.CancellationToken);
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
