using System.Collections.Concurrent;
using System.Globalization;

namespace Rowhouse.SessionTorture.Clients;

/// <summary>A session that all clients use, and what is known of it.</summary>
internal sealed class SharedSession
{
    private readonly ConcurrentQueue<WrittenKey> _keys = [];
    private readonly bool _seenLasts;

    /// <param name="number">Its number, for people.</param>
    /// <param name="cookie">Its cookie, name and value.</param>
    /// <param name="seenLasts">Whether what was read is there to stay, even if it was not acknowledged.</param>
    public SharedSession(int number, string cookie, bool seenLasts)
    {
        Number = number;
        Cookie = cookie;
        _seenLasts = seenLasts;
    }

    public int Number { get; }

    public string Cookie { get; }

    public IReadOnlyList<SharedCounter> Counters { get; } = [new("count-a"), new("count-b")];

    /// <summary>Takes a key that a client is going to write.</summary>
    public void Add(WrittenKey key) => _keys.Enqueue(key);

    /// <summary>What is known before a reading begins: nothing that is read may be older.</summary>
    public SessionKnowledge Know() => new([.. _keys.Select(key => (key, key.Newest))], [.. Counters.Select(counter => (counter, counter.Newest))]);

    /// <summary>Looks at what was read.</summary>
    public void Check(IReadOnlyDictionary<string, string> found, SessionKnowledge before, string when, Tally tally)
    {
        foreach (var (key, newest) in before.Keys)
        {
            var (value, twin) = (found.GetValueOrDefault(key.Name), found.GetValueOrDefault(key.Twin));
            if (value != twin)
            {
                tally.Found(Fault.Torn, $"{when}: session {Number}, {key.Name} is {value ?? "nothing"}, and {key.Twin} of the same request is {twin ?? "nothing"}");
            }

            Note(key.Check(value, newest, _seenLasts), when, tally);
        }

        foreach (var (counter, newest) in before.Counters)
        {
            Note(counter.Check(int.Parse(found.GetValueOrDefault(counter.Name, "0"), CultureInfo.InvariantCulture), newest, _seenLasts), when, tally);
        }
    }

    private void Note(string? wrong, string when, Tally tally)
    {
        if (wrong is not null)
        {
            tally.Found(Fault.Lost, $"{when}: session {Number}, {wrong}");
        }
    }
}
