using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rowhouse.Backends;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;
using Rowhouse.Configuration;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>
/// Eight processes start at once on an empty key store. The processes live on from round to round (thousands of starts would take an hour, and warm
/// ones run closer together, which is harder), but each round has a new store, and each process a new host with new connections.
/// </summary>
internal sealed class KeysMeasurement : IAsyncDisposable
{
    private const int Nodes = 8;

    private readonly BackendPlaces _places;
    private readonly IReadOnlyList<ProbeProcess> _probes = [.. Enumerable.Range(0, Nodes).Select(_ => ProbeProcess.Start(KeysProbe.Command))];

    public KeysMeasurement(BackendPlaces places)
    {
        _places = places;
    }

    public async Task<Measured> RunAsync(string kind, BenchmarkRun run)
    {
        var rounds = run.Choose(full: 200, quick: 5);
        var (wrong, times) = (new List<string>(), new List<double>());
        for (var round = 1; round <= rounds; round++)
        {
            run.Say($"Keys on {kind}, round {round} of {rounds}, {wrong.Count} wrong");
            var uri = await _places.NewAsync(kind).ConfigureAwait(false);
            var (answers, elapsed) = await StartAllAsync(uri, run.CancellationToken).ConfigureAwait(false);
            times.Add(elapsed.TotalMilliseconds);
            if (await FindFaultAsync(uri, answers).ConfigureAwait(false) is { } fault)
            {
                wrong.Add($"round {round}: {fault}");
            }

            await _places.DeleteAsync(uri).ConfigureAwait(false);
        }

        return new Measured(wrong.Count, string.Create(
            CultureInfo.InvariantCulture,
            $"{rounds} rounds; {Nodes} processes that live on, each round a fresh store, hosts and connections; until all had protected: median {Statistics.Median(times):0} ms, longest {times.Max():0} ms{string.Concat(wrong.Take(3).Select(fault => $"\n{fault}"))}"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var probe in _probes)
        {
            await probe.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<(KeysAnswer[] Answers, TimeSpan Elapsed)> StartAllAsync(ConnectionUri uri, CancellationToken cancellationToken)
    {
        await Task.WhenAll(_probes.Select(probe => probe.TellAsync(uri.ToSecretString()))).ConfigureAwait(false);
        await HearAsync("ready", cancellationToken).ConfigureAwait(false);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(_probes.Select(probe => probe.TellAsync("start"))).ConfigureAwait(false);
        var lines = await Task.WhenAll(_probes.Select(probe => probe.ReadLineAsync(cancellationToken))).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await HearAsync("closed", cancellationToken).ConfigureAwait(false);
        return ([.. lines.Select(line => JsonSerializer.Deserialize<KeysAnswer>(line)!)], elapsed);
    }

    private async Task HearAsync(string word, CancellationToken cancellationToken)
    {
        foreach (var line in await Task.WhenAll(_probes.Select(probe => probe.ReadLineAsync(cancellationToken))).ConfigureAwait(false))
        {
            if (line != word)
            {
                throw new InvalidOperationException($"A probe did not say '{word}' but '{line}'.");
            }
        }
    }

    // One key in the store, which every process knows, and what each has protected can be read by one that comes later.
    private static async Task<string?> FindFaultAsync(ConnectionUri uri, IReadOnlyList<KeysAnswer> answers)
    {
        if (answers.SelectMany(answer => answer.Complaints).FirstOrDefault() is { } complaint)
        {
            return complaint;
        }

        var registry = new BackendRegistry();
        var stored = KeyStore.On(registry.Get(uri)).GetAllElements().Count;
        await registry.CloseAsync().ConfigureAwait(false);
        var known = answers.SelectMany(answer => answer.Keys).Distinct().Count();
        if (stored != 1 || known != 1 || answers.Any(answer => answer.Keys.Count != 1))
        {
            return $"{stored} keys are stored, {known} are known";
        }

        var late = KeysNode.Build(uri);
        await using (late.ConfigureAwait(false))
        {
            await late.StartAsync().ConfigureAwait(false);
            return answers.All(answer => late.Unprotect(answer.Protected!) == KeysProbe.Text) ? null : "what was protected is read as something else";
        }
    }
}
