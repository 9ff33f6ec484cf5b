using System.CommandLine;
using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary><c>rowhouse new</c>.</summary>
internal sealed class NewCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The app's name: letters, digits, '-' and '_'. It becomes the folder and the first part of the path." };
    private readonly Option<string> _template = new("--template")
    {
        Description = "What to start from: " + string.Join("; ", AppTemplate.All.Select(template => $"{template.Name} ({template.Description})")) + ".",
        HelpName = string.Join('|', AppTemplate.All.Select(template => template.Name)),
        DefaultValueFactory = _ => AppTemplate.Default.Name,
    };

    public NewCommand(Terminal terminal)
        : base("new", "Makes an app; a running server serves it at once.", terminal, "rowhouse new shop", "rowhouse new prices --template api")
    {
        Arguments.Add(_name);
        AddOptions(_template);
        _name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && !AppFolder.IsValidName(name))
            {
                result.AddError($"'{name}' cannot be the name of an app: it starts with a letter or digit and goes on with letters, digits, '-' and '_', at most 64 characters in all.");
            }
        });
        _template.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && AppTemplate.Find(name) is null)
            {
                result.AddError($"'{name}' is not a template. There are {string.Join(", ", AppTemplate.All.Select(template => template.Name))}.");
            }
        });
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        var name = arguments.GetRequiredValue(_name);
        var template = AppTemplate.Find(arguments.GetRequiredValue(_template))!;
        var existing = AppFolder.List(root).FirstOrDefault(other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
        var folder = Path.Combine(root.Applications, existing ?? name);
        if (existing is not null || File.Exists(folder))
        {
            throw CliErrors.AppExists(existing ?? name, root.Applications);
        }

        var files = template.Fill(name);
        await WriteAsync(root, folder, files, cancellationToken);
        Terminal.Output.WriteLine($"Made {folder} ({template.Description}):");
        foreach (var file in files.Keys)
        {
            Terminal.Output.WriteLine("  " + file);
        }

        Terminal.Output.WriteLine($"Next: 'rowhouse run --environment Development', then open {ServerConfig.DefaultListener}/{name}/ and change a file.");
        return ExitCode.Ok;
    }

    // Written aside and moved into place: a running server must not build half an app.
    private static async Task WriteAsync(
        ServerRoot root, string folder, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var aside = Path.Combine(root.Applications, $".new-{Guid.NewGuid():N}");
        try
        {
            foreach (var (path, content) in files)
            {
                var file = Path.Combine(aside, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, content, cancellationToken);
            }

            Directory.Move(aside, folder);
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }
}
