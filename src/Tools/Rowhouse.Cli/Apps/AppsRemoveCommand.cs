using System.CommandLine;

namespace Rowhouse.Cli;

/// <summary><c>rowhouse apps remove</c>.</summary>
internal sealed class AppsRemoveCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The app." };
    private readonly Option<bool> _withData = new("--with-data") { Description = "Removes what the app wrote, too." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Does not ask. Needed where nobody can answer." };

    public AppsRemoveCommand(Terminal terminal)
        : base("remove", "Removes an app; what it wrote stays unless asked otherwise.", terminal, "rowhouse apps remove shop --with-data --yes")
    {
        Arguments.Add(_name);
        AddOptions(_withData, _yes);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        var name = AppNames.Get(root, arguments.GetRequiredValue(_name));
        var withData = arguments.GetValue(_withData);
        var folder = Path.Combine(root.Applications, name);
        var what = withData ? $"'{folder}' and '{root.DataOf(name)}'" : $"'{folder}'";
        if (!arguments.GetValue(_yes))
        {
            if (!Terminal.CanAsk)
            {
                Terminal.WriteError($"'rowhouse apps remove' deletes {what} and nobody is there to ask. Add --yes if that is meant.");
                return Task.FromResult(ExitCode.WrongUsage);
            }

            if (!Terminal.Confirm($"Delete {what}?"))
            {
                Terminal.Error.WriteLine("Nothing was deleted.");
                return Task.FromResult(ExitCode.Failed);
            }
        }

        AppOperations.Remove(root, name, keepData: !withData);
        Terminal.Output.WriteLine($"Removed {name}{(withData ? " and its data" : "")}.");
        return Task.FromResult(ExitCode.Ok);
    }
}
