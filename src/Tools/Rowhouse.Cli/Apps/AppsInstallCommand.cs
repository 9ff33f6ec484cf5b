using System.CommandLine;

namespace Rowhouse.Cli;

/// <summary><c>rowhouse apps install</c>.</summary>
internal sealed class AppsInstallCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The archive, made by 'rowhouse apps pack'." };
    private readonly Option<string?> _name = new("--name") { Description = "The app's name here. Default: the one in the archive.", HelpName = "NAME" };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replaces an app of that name; its data stays." };

    public AppsInstallCommand(Terminal terminal)
        : base(
            "install",
            "Checks an archive and makes it an app; a running server takes it up at once.",
            terminal,
            "rowhouse apps install shop.rha",
            "rowhouse apps install shop.rha --name shop --overwrite")
    {
        Arguments.Add(_file);
        AddOptions(_name, _overwrite);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        var archive = Path.GetFullPath(arguments.GetRequiredValue(_file));
        if (!File.Exists(archive))
        {
            throw CliErrors.NoSuchFile(archive);
        }

        var app = await LongWork.WithBarAsync(
            Terminal,
            $"Installing {Path.GetFileName(archive)}",
            progress => AppOperations.InstallAsync(root, archive, arguments.GetValue(_name), arguments.GetValue(_overwrite), progress, cancellationToken));
        Terminal.Output.WriteLine($"Installed {app.Name} into {app.Path}.");
        return ExitCode.Ok;
    }
}
