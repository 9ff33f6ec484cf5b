using System.CommandLine;

namespace Rowhouse.Cli;

/// <summary><c>rowhouse apps pack</c>.</summary>
internal sealed class AppsPackCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The app." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The archive to write. Default: NAME.rha in the current folder.", HelpName = "FILE" };
    private readonly Option<bool> _withSources = new("--with-sources") { Description = "Packs the sources too." };

    public AppsPackCommand(Terminal terminal)
        : base("pack", "Builds an app and packs it into an archive that runs without a compiler.", terminal, "rowhouse apps pack shop -o /tmp/shop.rha")
    {
        Arguments.Add(_name);
        AddOptions(_output, _withSources);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        var name = AppNames.Get(root, arguments.GetRequiredValue(_name));
        var archive = Path.GetFullPath(arguments.GetValue(_output) ?? name + ".rha");
        var withSources = arguments.GetValue(_withSources);
        await LongWork.WithBarAsync(
            Terminal, $"Packing {name}", progress => AppOperations.PackAsync(root, name, archive, withSources, progress, cancellationToken));
        Terminal.Output.WriteLine($"Packed {name} into {archive} ({ByteSize.Describe(new FileInfo(archive).Length)}).");
        return ExitCode.Ok;
    }
}
