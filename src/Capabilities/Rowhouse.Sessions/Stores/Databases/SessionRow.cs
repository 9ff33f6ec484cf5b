namespace Rowhouse.Sessions;

/// <summary>A row as it was read.</summary>
/// <param name="Record">What it holds; null if it is no whole record, so that another one may take its place.</param>
/// <param name="Version">Its version.</param>
internal sealed record SessionRow(SessionRecord? Record, long Version);
