namespace Rowhouse.Configuration;

/// <summary>In what two ini files may differ.</summary>
/// <param name="FirstSections">The sections that a file may begin with, for a person; null if entries may stand before the first one.</param>
/// <param name="GoesOn">Whether a line (its indent, its text) is a further line of the value of the entry above it.</param>
internal sealed record IniGrammar(string? FirstSections, Func<IniEntry, int, string, bool> GoesOn);
