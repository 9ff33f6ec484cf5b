namespace Rowhouse.SessionTorture.Clients;

/// <summary>What is known of a session at one time.</summary>
/// <param name="Keys">The newest write of each key that is known to have been made.</param>
/// <param name="Counters">What each counter has reached.</param>
internal sealed record SessionKnowledge(IReadOnlyList<(WrittenKey Key, int Newest)> Keys, IReadOnlyList<(SharedCounter Counter, int Newest)> Counters);
