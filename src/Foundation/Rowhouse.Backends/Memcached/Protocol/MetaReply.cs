namespace Rowhouse.Backends.Memcached;

/// <summary>One answer of a server, as it came.</summary>
internal readonly record struct MetaReply
{
    public MetaCode Code { get; init; }

    /// <summary>The number of the command that this answers; null in answers outside of the meta protocol.</summary>
    public uint? Opaque { get; init; }

    public ulong Cas { get; init; }

    public uint ClientFlags { get; init; }

    /// <summary>In seconds, -1 for ever.</summary>
    public long? TimeToLive { get; init; }

    public bool? WasHitBefore { get; init; }

    public uint? SecondsSinceAccess { get; init; }

    public bool HasWon { get; init; }

    public bool IsStale { get; init; }

    public bool IsWonByAnother { get; init; }

    public byte[]? Value { get; init; }

    /// <summary>What follows the first word of a version, a statistic or an error.</summary>
    public string? Text { get; init; }

    /// <summary>An error in the server's words.</summary>
    public string Refusal => $"{Code switch { MetaCode.Error => "ERROR", MetaCode.ClientError => "CLIENT_ERROR", _ => "SERVER_ERROR" }} {Text}".TrimEnd();
}
