using System.Globalization;

namespace Rowhouse.Benchmarks.Sessions.Races;

/// <summary>The writers of one process.</summary>
internal sealed class RaceTeam
{
    /// <summary>Requests that a process has under way at once.</summary>
    private const int Writers = 4;

    private readonly IReadOnlyList<RaceWriter> _writers;
    private readonly int _writes;

    public RaceTeam(RaceTask task, IRaceSessions sessions)
    {
        _writers = [.. Enumerable.Range(0, Writers).Select(number => new RaceWriter(string.Create(CultureInfo.InvariantCulture, $"{task.Process}.{number}"), sessions, task.Sessions))];
        _writes = task.Writes;
    }

    public Task WriteAsync() => Task.WhenAll(_writers.Select((writer, number) => Task.Run(() => writer.WriteAsync(Share(number)))));

    public async Task<RaceResult> CheckAsync()
    {
        var results = await Task.WhenAll(_writers.Select(writer => writer.CheckAsync())).ConfigureAwait(false);
        return results.Aggregate((one, other) => one + other);
    }

    private int Share(int number) => (_writes / Writers) + (number < _writes % Writers ? 1 : 0);
}
