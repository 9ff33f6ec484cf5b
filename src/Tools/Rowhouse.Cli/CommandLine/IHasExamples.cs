namespace Rowhouse.Cli;

/// <summary>A command whose help ends with examples.</summary>
internal interface IHasExamples
{
    IReadOnlyList<string> Examples { get; }
}
