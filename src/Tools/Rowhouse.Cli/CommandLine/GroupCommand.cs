using System.CommandLine;

namespace Rowhouse.Cli;

/// <summary>A command that only holds others.</summary>
internal sealed class GroupCommand : Command, IHasExamples
{
    public GroupCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
    }

    public IReadOnlyList<string> Examples { get; }
}
