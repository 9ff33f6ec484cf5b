using System.Globalization;

namespace Rowhouse.Benchmarks.Sessions.Races;

/// <summary>
/// Writes to keys that nobody else writes, in sessions that everybody writes. Before each write it looks whether all that it wrote to that session
/// before is there, and in the end once more in every session: no write is overwritten before somebody has looked for it.
/// </summary>
internal sealed class RaceWriter
{
    private const int Keys = 4;

    private readonly string _name;
    private readonly IRaceSessions _sessions;
    private readonly IReadOnlyList<string> _ids;
    private readonly Dictionary<string, Dictionary<string, int>> _written = new(StringComparer.Ordinal);
    private RaceResult _result = new(0, 0, 0);

    public RaceWriter(string name, IRaceSessions sessions, IReadOnlyList<string> ids)
    {
        _name = name;
        _sessions = sessions;
        _ids = ids;
    }

    public async Task WriteAsync(int writes)
    {
        for (var number = 1; number <= writes; number++)
        {
            // Low ones more often than high ones: the more writers meet in a session, the harder the race.
            var id = _ids[(int)(_ids.Count * Math.Pow(Random.Shared.NextDouble(), 2))];
            var key = string.Create(CultureInfo.InvariantCulture, $"{_name}.{number % Keys}");
            var turn = await _sessions.WriteAsync(id, key, SampleSession.Number(number)).ConfigureAwait(false);
            _result += new RaceResult(1, CountLost(id, turn.Found), turn.Conflicts);
            WrittenTo(id)[key] = number;
        }
    }

    /// <summary>Looks for what was written last. Nobody writes any more.</summary>
    public async Task<RaceResult> CheckAsync()
    {
        foreach (var id in _written.Keys)
        {
            _result += new RaceResult(0, CountLost(id, await _sessions.ReadAsync(id).ConfigureAwait(false)), 0);
        }

        return _result;
    }

    // What is lost is not looked for again, so that it counts once.
    private int CountLost(string id, IReadOnlyDictionary<string, byte[]> found)
    {
        var written = WrittenTo(id);
        var lost = written.Where(one => !found.TryGetValue(one.Key, out var value) || !value.AsSpan().SequenceEqual(SampleSession.Number(one.Value))).Select(one => one.Key).ToList();
        foreach (var key in lost)
        {
            written.Remove(key);
        }

        return lost.Count;
    }

    private Dictionary<string, int> WrittenTo(string id)
    {
        if (!_written.TryGetValue(id, out var written))
        {
            _written[id] = written = new(StringComparer.Ordinal);
        }

        return written;
    }
}
