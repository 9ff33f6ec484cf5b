namespace Welcome.Models;

/// <summary>One page of the documentation.</summary>
/// <param name="Path">Its path below <c>docs/</c>.</param>
/// <param name="Title">Its heading.</param>
/// <param name="File">Where it lies.</param>
public sealed record DocsPage(string Path, string Title, string File);
