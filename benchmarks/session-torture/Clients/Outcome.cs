namespace Rowhouse.SessionTorture.Clients;

/// <summary>What a client knows of its request.</summary>
internal enum Outcome
{
    /// <summary>It was answered with 200: what it asked for is done.</summary>
    Acknowledged,

    /// <summary>It may have been done or not.</summary>
    Doubtful,

    /// <summary>It never came to a server.</summary>
    NotSent,
}
