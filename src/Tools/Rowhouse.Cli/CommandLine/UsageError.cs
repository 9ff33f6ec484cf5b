using System.CommandLine;

namespace Rowhouse.Cli;

/// <summary>Says in one line what is wrong with a command line that was not understood.</summary>
internal static class UsageError
{
    public static string Describe(ParseResult arguments)
    {
        var command = arguments.CommandResult.Command;
        var path = PathOf(arguments);
        return arguments.UnmatchedTokens is [var token, ..]
            ? DescribeUnknown(token, command, path)
            : $"{OneLine(arguments.Errors[0].Message)} See '{path} --help'.";
    }

    private static string DescribeUnknown(string token, Command command, string path)
    {
        var isOption = token.StartsWith('-');
        var known = isOption ? command.Options.Select(option => option.Name) : command.Subcommands.Select(sub => sub.Name);
        var what = isOption ? "an option" : command.Subcommands.Count > 0 ? "a command" : "an argument";
        var matches = CloseMatches.Find(token, known);
        var hint = matches.Count > 0 ? $"Did you mean {CloseMatches.Join(matches)}?" : $"See '{path} --help'.";
        return $"'{OneLine(token)}' is not {what} of '{path}'. {hint}";
    }

    private static string PathOf(ParseResult arguments)
    {
        var names = new List<string>();
        for (var result = arguments.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, result.Command is RootCommand ? RowhouseCommandLine.Name : result.Command.Name);
        }

        return string.Join(' ', names);
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
