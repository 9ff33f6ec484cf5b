using System.CommandLine;

namespace Rowhouse.Cli;

/// <summary>The switch <c>--json</c> of commands that print a table.</summary>
internal static class JsonOption
{
    public static Option<bool> Create() => new("--json") { Description = "Prints JSON and nothing else." };
}
