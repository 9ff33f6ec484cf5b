using System.CommandLine;
using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary><c>rowhouse apps enable</c>.</summary>
internal sealed class AppsEnableCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The app." };

    public AppsEnableCommand(Terminal terminal)
        : base("enable", "Puts an app back into service.", terminal, "rowhouse apps enable shop")
    {
        Arguments.Add(_name);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        var name = AppNames.Get(root, arguments.GetRequiredValue(_name));
        var file = Path.Combine(root.Applications, name, AppFolder.DisabledFile);
        var wasDisabled = File.Exists(file);
        File.Delete(file);
        Terminal.Output.WriteLine(wasDisabled ? $"{name} is enabled." : $"{name} was enabled already.");
        return Task.FromResult(ExitCode.Ok);
    }
}
