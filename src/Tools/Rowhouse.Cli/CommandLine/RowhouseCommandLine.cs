using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Rowhouse.Cli.Config;
using Rowhouse.Cli.Doctor;
using Rowhouse.Cli.Secrets;
using Rowhouse.Cli.Sessions;

namespace Rowhouse.Cli;

/// <summary>The command line <c>rowhouse</c>.</summary>
internal static class RowhouseCommandLine
{
    public const string Name = "rowhouse";

    public static RootCommand Create(Terminal terminal)
    {
        var apps = new GroupCommand("apps", "Shows and changes the apps of a root.", "rowhouse apps list", "rowhouse apps install shop.rha")
        {
            new AppsListCommand(terminal),
            new AppsCheckCommand(terminal),
            new AppsBuildCommand(terminal),
            new AppsPackCommand(terminal),
            new AppsInstallCommand(terminal),
            new AppsEnableCommand(terminal),
            new AppsDisableCommand(terminal),
            new AppsRemoveCommand(terminal),
        };
        var config = new GroupCommand("config", "Checks and shows configurations.", "rowhouse config check", "rowhouse config show shop")
        {
            new ConfigCheckCommand(terminal),
            new ConfigShowCommand(terminal),
        };
        var secrets = new GroupCommand("secrets", "Keeps the secrets of apps, encrypted.", "rowhouse secrets set shop db-password", "rowhouse secrets edit shop")
        {
            new SecretsListCommand(terminal),
            new SecretsSetCommand(terminal),
            new SecretsEditCommand(terminal),
            new SecretsRemoveCommand(terminal),
            new SecretsRotateCommand(terminal),
        };
        var sessions = new GroupCommand("sessions", "Shows, ends, moves and cleans the sessions of an app.", "rowhouse sessions list shop", "rowhouse sessions revoke shop --user ann")
        {
            new SessionsListCommand(terminal),
            new SessionsShowCommand(terminal),
            new SessionsRevokeCommand(terminal),
            new SessionsCopyCommand(terminal),
            new SessionsTrashCommand(terminal),
        };
        var root = new RootWithExamples("Hosts many ASP.NET Core apps in one process, each from a folder.", "rowhouse new shop", "rowhouse run")
        {
            new RunCommand(terminal),
            new NewCommand(terminal),
            apps,
            config,
            secrets,
            sessions,
            new DoctorCommand(terminal),
            new VersionCommand(terminal),
        };
        root.HelpName = Name;
        foreach (var option in root.Options.OfType<VersionOption>().ToList())
        {
            root.Options.Remove(option);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Shows this help.";
        help.Action = new HelpWithExamples((HelpAction)help.Action!, terminal.HelpWidth);
        return root;
    }

    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        // `--version` is what everybody tries first; `version` can do more.
        var arguments = Create(terminal).Parse(args is ["--version"] ? ["version"] : args);
        if (arguments.Action is ParseErrorAction || arguments.Errors.Count > 0 && arguments.Action?.ClearsParseErrors != true)
        {
            terminal.WriteError(UsageError.Describe(arguments));
            return ExitCode.WrongUsage;
        }

        return await arguments.InvokeAsync(
            new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = arguments.CommandResult.Command is CliCommand { HandlesSignals: true } ? null : TimeSpan.FromSeconds(2),
            },
            cancellationToken);
    }
}
