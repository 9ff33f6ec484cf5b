namespace Welcome.Models;

/// <summary>What changes on the start page while one looks at it.</summary>
/// <param name="Server">What runs here.</param>
/// <param name="Apps">The apps; null if the server did not say.</param>
/// <param name="KnowsServer">Whether this app was told how to ask the server at all.</param>
public sealed record LiveView(ServerFacts Server, IReadOnlyList<AppRow>? Apps, bool KnowsServer);
