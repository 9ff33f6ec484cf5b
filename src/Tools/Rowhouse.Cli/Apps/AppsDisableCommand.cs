using System.CommandLine;
using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary><c>rowhouse apps disable</c>.</summary>
internal sealed class AppsDisableCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The app." };

    public AppsDisableCommand(Terminal terminal)
        : base("disable", "Takes an app out of service: it answers 503 with a maintenance page.", terminal, "rowhouse apps disable shop")
    {
        Arguments.Add(_name);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        var name = AppNames.Get(root, arguments.GetRequiredValue(_name));
        var folder = Path.Combine(root.Applications, name);
        var file = Path.Combine(folder, AppFolder.DisabledFile);
        if (File.Exists(file))
        {
            Terminal.Output.WriteLine($"{name} was disabled already.");
            return ExitCode.Ok;
        }

        // Whole or not at all: a full disk must not leave half a file that nobody knows the meaning of.
        var made = Path.Combine(folder, $".{AppFolder.DisabledFile}-{Environment.ProcessId}");
        await File.WriteAllTextAsync(made, $"Out of service. Back with: rowhouse apps enable {name}\n", cancellationToken);
        File.Move(made, file, overwrite: true);
        Terminal.Output.WriteLine($"{name} is disabled: it answers 503 until 'rowhouse apps enable {name}'.");
        return ExitCode.Ok;
    }
}
