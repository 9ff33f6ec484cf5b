using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;
using Rowhouse.Configuration;

namespace Rowhouse.Benchmarks.Sessions.Races;

/// <summary>Four processes write to the same sessions at once, each to keys of its own. The processes live on from race to race.</summary>
internal sealed class RaceMeasurement : IAsyncDisposable
{
    /// <summary>The words for ASP.NET Core's own session on Redis.</summary>
    public const string Stock = "stock session on redis";

    private const int Processes = 4;
    private const int Sessions = 100;

    // A million writes to a slow disk.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    private readonly SessionPlaces _places;
    private readonly List<ProbeProcess> _probes = [];

    public RaceMeasurement(SessionPlaces places)
    {
        _places = places;
    }

    public async Task<Measured> RunAsync(string kind, BenchmarkRun run)
    {
        var writes = run.Choose(full: 1_000_000, quick: 2_000);
        var uri = await _places.NewAsync(kind == Stock ? "redis" : kind).ConfigureAwait(false);
        var ids = Enumerable.Range(0, Sessions).Select(SampleSession.Id).ToList();
        var tasks = Enumerable.Range(0, Processes)
            .Select(number => new RaceTask($"p{number}", kind == Stock, uri.ToSecretString(), ids, writes / Processes))
            .ToList();
        run.Say($"{writes:N0} racing writes, {kind}");
        var (result, elapsed) = kind == "memory" ? await RunHereAsync(uri, tasks).ConfigureAwait(false) : await RunInProcessesAsync(tasks, run.CancellationToken).ConfigureAwait(false);
        return new Measured(result.Lost, string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Writes:N0} writes to {Sessions} sessions from {(kind == "memory" ? $"{Processes} groups of writers of one process" : $"{Processes} processes")}; {result.Writes / elapsed.TotalSeconds:N0} loads and writes/s; {result.Conflicts:N0} times a store began anew"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var probe in _probes)
        {
            await probe.DisposeAsync().ConfigureAwait(false);
        }

        _probes.Clear();
    }

    // What is in memory is in one process.
    private async Task<(RaceResult Result, TimeSpan Elapsed)> RunHereAsync(ConnectionUri uri, IReadOnlyList<RaceTask> tasks)
    {
        var sessions = new StoreRaceSessions(SessionStore.Open(uri, "race", _places.Registry));
        var teams = tasks.Select(task => new RaceTeam(task, sessions)).ToList();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(teams.Select(team => team.WriteAsync())).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(started);
        return (Sum(await Task.WhenAll(teams.Select(team => team.CheckAsync())).ConfigureAwait(false)), elapsed);
    }

    private async Task<(RaceResult Result, TimeSpan Elapsed)> RunInProcessesAsync(IReadOnlyList<RaceTask> tasks, CancellationToken cancellationToken)
    {
        while (_probes.Count < Processes)
        {
            _probes.Add(ProbeProcess.Start(RaceProbe.Command));
        }

        try
        {
            await Task.WhenAll(_probes.Zip(tasks, (probe, task) => probe.TellAsync(JsonSerializer.Serialize(task)))).ConfigureAwait(false);
            await PassAsync(RaceProbe.Ready, cancellationToken).ConfigureAwait(false);
            var started = Stopwatch.GetTimestamp();
            await PassAsync(RaceProbe.Done, cancellationToken).ConfigureAwait(false);
            var elapsed = Stopwatch.GetElapsedTime(started);
            var lines = await HearAsync(cancellationToken).ConfigureAwait(false);
            return (Sum(lines.Select(line => JsonSerializer.Deserialize<RaceResult>(line)!)), elapsed);
        }
        catch
        {
            // One that failed has ended; the next race has new ones.
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Waits until all have come as far, and lets them go on.
    private async Task PassAsync(string word, CancellationToken cancellationToken)
    {
        if ((await HearAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(line => line != word) is { } other)
        {
            throw new InvalidOperationException($"A probe did not say '{word}' but '{other}'.");
        }

        await Task.WhenAll(_probes.Select(probe => probe.TellAsync("go on"))).ConfigureAwait(false);
    }

    private Task<string[]> HearAsync(CancellationToken cancellationToken) => Task.WhenAll(_probes.Select(probe => probe.ReadLineAsync(cancellationToken, Patience)));

    private static RaceResult Sum(IEnumerable<RaceResult> results) => results.Aggregate((one, other) => one + other);
}
