using System.CommandLine;
using System.Text.Json;
using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary>What <c>check</c> and <c>build</c> have in common: they build apps and print what the compiler says.</summary>
internal abstract class BuildingCommand : CliCommand
{
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "The apps. Default: all.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    protected BuildingCommand(string name, string description, Terminal terminal, params string[] examples)
        : base(name, description, terminal, examples)
    {
        Arguments.Add(_names);
        AddOptions(_json);
    }

    /// <summary>Whether the build is the one of a development server.</summary>
    protected abstract bool IsDevelopment { get; }

    /// <summary>Whether warnings are printed too.</summary>
    protected abstract bool ShowsWarnings { get; }

    /// <summary>The word for an app that is well.</summary>
    protected abstract string Done { get; }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        var names = AppNames.GetAll(root, arguments.GetValue(_names) ?? []);
        var results = await LongWork.WithStepsAsync(Terminal, names.Count, (show, step) => BuildAsync(root, names, show, step, cancellationToken));
        if (arguments.GetValue(_json))
        {
            Terminal.Output.WriteLine(JsonSerializer.Serialize(results, CliJson.Default.IReadOnlyListAppBuildResult));
        }
        else
        {
            Print(root, results);
        }

        return results.All(result => result.Succeeded) ? ExitCode.Ok : ExitCode.Failed;
    }

    private async Task<IReadOnlyList<AppBuildResult>> BuildAsync(
        ServerRoot root, IReadOnlyList<string> names, Action<string>? show, Action? step, CancellationToken cancellationToken)
    {
        var results = new List<AppBuildResult>();
        foreach (var name in names)
        {
            show?.Invoke(name);
            var progress = show is null ? null : new StepProgress(name, show);
            results.Add(await BuildOneAsync(root, name, progress, cancellationToken));
            step?.Invoke();
        }

        return results;
    }

    // One app that cannot be built at all must not keep the others from being looked at.
    private async Task<AppBuildResult> BuildOneAsync(ServerRoot root, string name, StepProgress? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await AppOperations.BuildAsync(root, name, IsDevelopment, progress, cancellationToken);
        }
        catch (RowhouseException exception)
        {
            return new AppBuildResult(name, Succeeded: false, [new BuildDiagnostic(BuildSeverity.Error, exception.Code, "", 0, 0, exception.Message)]);
        }
    }

    private void Print(ServerRoot root, IReadOnlyList<AppBuildResult> results)
    {
        if (results.Count == 0)
        {
            Terminal.Error.WriteLine($"No apps in '{root.Applications}'. Make one: rowhouse new NAME");
        }

        foreach (var result in results)
        {
            var errors = result.Diagnostics.Count(diagnostic => diagnostic.Severity == BuildSeverity.Error);
            Terminal.Output.WriteLine(result.Succeeded ? $"{result.App}: {Done}" : $"{result.App}: {Count(Math.Max(1, errors))}");
            foreach (var diagnostic in result.Diagnostics.Where(diagnostic => ShowsWarnings || diagnostic.Severity == BuildSeverity.Error))
            {
                Terminal.Output.WriteLine($"  {diagnostic}");
            }
        }
    }

    private static string Count(int errors) => errors == 1 ? "1 error" : $"{errors} errors";

    private sealed class StepProgress : IProgress<string>
    {
        private readonly string _app;
        private readonly Action<string> _show;

        public StepProgress(string app, Action<string> show)
        {
            _app = app;
            _show = show;
        }

        public void Report(string value) => _show($"{_app}: {value}");
    }
}
