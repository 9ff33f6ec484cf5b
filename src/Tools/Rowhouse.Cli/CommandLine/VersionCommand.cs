using System.CommandLine;
using System.Text.Json;

namespace Rowhouse.Cli;

/// <summary><c>rowhouse version</c>.</summary>
internal sealed class VersionCommand : CliCommand
{
    private readonly Option<bool> _json = JsonOption.Create();

    public VersionCommand(Terminal terminal)
        : base("version", "Prints the versions of Rowhouse and of the runtime.", terminal, "rowhouse version --json")
    {
        AddOptions(_json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var version = ToolVersion.Current;
        Terminal.Output.WriteLine(arguments.GetValue(_json)
            ? JsonSerializer.Serialize(version, CliJson.Default.ToolVersion)
            : $"rowhouse {version.Version} ({version.Runtime}, {version.System})");
        return Task.FromResult(ExitCode.Ok);
    }
}
