namespace Welcome.Models;

/// <summary>The start page.</summary>
/// <param name="Live">What changes.</param>
/// <param name="Docs">The pages of the documentation.</param>
public sealed record StartPage(LiveView Live, IReadOnlyList<DocsPage> Docs);
