using System.Collections.Concurrent;

namespace Rowhouse.SessionTorture.Clients;

/// <summary>What the clients have seen.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<(string Kind, Outcome Outcome), int> _counts = new();
    private readonly ConcurrentQueue<string> _losses = [];
    private readonly ConcurrentQueue<string> _errors = [];

    public IReadOnlyCollection<string> Losses => _losses;

    /// <summary>Answers that no client should ever get.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public void Count(string kind, Outcome outcome) => _counts.AddOrUpdate((kind, outcome), 1, (_, count) => count + 1);

    public void Lost(string what) => _losses.Enqueue(what);

    public void Failed(string what) => _errors.Enqueue(what);

    public int Sum(string kind, Outcome outcome) => _counts.GetValueOrDefault((kind, outcome));
}
