namespace Rowhouse.Cli;

/// <summary>What <c>GET /version</c> answers: which server this is.</summary>
internal sealed record ServerVersion(string Version, string Runtime, int ProcessId, string Root, string Environment);
