namespace Rowhouse.Hosting;

/// <summary>One line of a <see cref="SourceExcerpt"/>.</summary>
/// <param name="Number">The line's number, counted from 1.</param>
/// <param name="Text">The line, cut if it is long.</param>
/// <param name="IsTarget">Whether this is the line the excerpt is about.</param>
/// <param name="MarkStart">Where in <paramref name="Text"/> the marked word starts; -1 if none is.</param>
/// <param name="MarkLength">How many characters are marked; 0: the place behind the line's end.</param>
internal sealed record SourceLine(int Number, string Text, bool IsTarget = false, int MarkStart = -1, int MarkLength = 0);
