using System.CommandLine;
using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary>What every command has in common: <c>--root</c>, examples in its help, and errors in one line.</summary>
internal abstract class CliCommand : Command, IHasExamples
{
    private readonly Option<string?> _root = new("--root")
    {
        Description = "The root to work on. Default: the nearest folder upwards with 'applications' in it.",
        HelpName = "DIR",
    };

    protected CliCommand(string name, string description, Terminal terminal, params string[] examples)
        : base(name, description)
    {
        Terminal = terminal;
        Examples = examples;
        Options.Add(_root);
        SetAction(RunGuardedAsync);
    }

    public IReadOnlyList<string> Examples { get; }

    /// <summary>Whether the first Ctrl+C or SIGTERM is the command's own affair.</summary>
    public virtual bool HandlesSignals => false;

    protected Terminal Terminal { get; }

    protected abstract Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken);

    protected ServerRoot FindRoot(ParseResult arguments) =>
        arguments.GetValue(_root) is { } folder ? ServerRoot.At(folder) : ServerRoot.Find(Directory.GetCurrentDirectory());

    /// <summary>Every command has <c>--root</c>; its help names it after the command's own options.</summary>
    protected void AddOptions(params Option[] options)
    {
        for (var i = 0; i < options.Length; i++)
        {
            Options.Insert(i, options[i]);
        }
    }

    private async Task<int> RunGuardedAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(arguments, cancellationToken);
        }
        catch (RowhouseException exception)
        {
            Terminal.WriteError($"{exception.Code}: {exception.Message}");
            return ExitCode.Failed;
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is RowhouseException))
        {
            foreach (var inner in exception.InnerExceptions.Cast<RowhouseException>())
            {
                Terminal.WriteError($"{inner.Code}: {inner.Message}");
            }

            return ExitCode.Failed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Terminal.WriteError(exception.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}
