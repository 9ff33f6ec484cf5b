using System.Collections.Concurrent;

namespace Rowhouse.SessionTorture.Clients;

/// <summary>What the clients have seen.</summary>
internal sealed class Tally
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Update = "update";

    private readonly ConcurrentDictionary<(string Kind, Outcome Outcome), int> _counts = new();
    private readonly ConcurrentQueue<(Fault Fault, string What)> _faults = [];

    /// <summary>The kinds of requests.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Read, Write, Update];

    public IReadOnlyList<string> Faults => [.. _faults.Select(fault => fault.What)];

    public void Count(string kind, Outcome outcome) => _counts.AddOrUpdate((kind, outcome), 1, (_, count) => count + 1);

    public void Found(Fault fault, string what) => _faults.Enqueue((fault, what));

    public int Sum(string kind, Outcome outcome) => _counts.GetValueOrDefault((kind, outcome));

    public int Sum(Fault fault) => _faults.Count(found => found.Fault == fault);
}
