namespace Rowhouse.Benchmarks.Suites;

/// <summary>A measurement that several rows take a figure from; it runs once.</summary>
/// <typeparam name="T">What it finds.</typeparam>
internal sealed class SharedMeasurement<T>
{
    private readonly Func<BenchmarkRun, Task<T>> _measure;
    private Task<T>? _result;

    public SharedMeasurement(Func<BenchmarkRun, Task<T>> measure)
    {
        _measure = measure;
    }

    public Task<T> GetAsync(BenchmarkRun run) => _result ??= _measure(run);

    public Func<BenchmarkRun, Task<Measured>> Take(Func<T, Measured> figure) => async run => figure(await GetAsync(run).ConfigureAwait(false));
}
