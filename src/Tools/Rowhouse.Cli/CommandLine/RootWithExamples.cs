using System.CommandLine;

namespace Rowhouse.Cli;

/// <summary>The command line itself, with examples at the end of its help.</summary>
internal sealed class RootWithExamples : RootCommand, IHasExamples
{
    public RootWithExamples(string description, params string[] examples)
        : base(description)
    {
        Examples = examples;
    }

    public IReadOnlyList<string> Examples { get; }
}
