using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Rowhouse.Cli;

/// <summary>Writes a command's help and, below it, its examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help;

    public HelpWithExamples(HelpAction help, int width)
    {
        _help = help;
        _help.MaxWidth = width;
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = _help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IHasExamples { Examples.Count: > 0 } command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(command.Examples.Count == 1 ? "Example:" : "Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine("  " + example);
            }
        }

        return exitCode;
    }
}
