using System.CommandLine;
using Rowhouse.Cli.Config;
using Rowhouse.Configuration;

namespace Rowhouse.Cli.Sessions;

/// <summary>What the commands on an app's sessions have in common.</summary>
internal abstract class SessionsCommand : CliCommand
{
    private readonly Argument<string> _app = new("APP") { Description = "The app." };
    private readonly Option<string?> _environment = EnvironmentOption.Create();

    protected SessionsCommand(string name, string description, Terminal terminal, params string[] examples)
        : base(name, description, terminal, examples)
    {
        Arguments.Add(_app);
        AddOptions(_environment);
    }

    /// <summary>What the app's configuration says, as the server would read it.</summary>
    /// <exception cref="RowhouseException">RH1004: there is no such app; RH2001, RH2101: what is wrong with the configuration.</exception>
    protected SessionsPlace FindPlace(ParseResult arguments)
    {
        var root = FindRoot(arguments);
        var app = AppNames.Get(root, arguments.GetRequiredValue(_app));
        var environment = arguments.GetValue(_environment);
        var model = AppConfigReader.Read(AppPlaces.Of(AppOperations.ReadConfig(root, environment: environment), app, environment));
        model.ThrowIfWrong();
        return new SessionsPlace(model, root.DataOf(app));
    }

    protected static string Count(long number, string word) => $"{number} {word}{(number == 1 ? "" : "s")}";
}
