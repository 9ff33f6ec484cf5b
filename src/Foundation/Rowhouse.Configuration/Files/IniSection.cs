namespace Rowhouse.Configuration;

/// <summary>A section of an ini file; one that stands there several times is one section per place.</summary>
internal sealed record IniSection(string Name, int Line, List<IniEntry> Entries);
