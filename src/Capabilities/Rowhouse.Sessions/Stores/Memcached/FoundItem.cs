namespace Rowhouse.Sessions;

/// <summary>What memcached holds under a session's key.</summary>
/// <param name="Record">The record; null if there is none, or none that can be read.</param>
/// <param name="Cas">The version of the item; null if there is none.</param>
internal readonly record struct FoundItem(SessionRecord? Record, ulong? Cas);
