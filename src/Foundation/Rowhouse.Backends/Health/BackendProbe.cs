namespace Rowhouse.Backends;

/// <summary>What a probe found out.</summary>
/// <param name="Version">The server's version.</param>
/// <param name="Clock">The server's clock.</param>
internal sealed record BackendProbe(string? Version = null, DateTimeOffset? Clock = null);
