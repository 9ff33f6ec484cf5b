namespace Rowhouse.SessionTorture.Clients;

/// <summary>A session that all clients use.</summary>
/// <param name="Number">Its number, for people.</param>
/// <param name="Cookie">Its cookie, name and value.</param>
internal sealed record SharedSession(int Number, string Cookie)
{
    public IReadOnlyList<SharedCounter> Counters { get; } = [new("count-a"), new("count-b")];
}
