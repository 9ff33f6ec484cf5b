using Rowhouse.Benchmarks.Processes;

namespace Rowhouse.Benchmarks.Suites;

/// <summary>One run of a suite: how much is measured, and where.</summary>
internal sealed class BenchmarkRun : IDisposable
{
    private readonly Action<string> _say;

    public BenchmarkRun(bool isQuick, Checkout checkout, Action<string> say, CancellationToken cancellationToken)
    {
        IsQuick = isQuick;
        Checkout = checkout;
        CancellationToken = cancellationToken;
        _say = say;
        Folder = Directory.CreateTempSubdirectory("rowhouse-bench-").FullName;
    }

    public bool IsQuick { get; }

    public Checkout Checkout { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>A folder that is deleted after the run.</summary>
    public string Folder { get; }

    /// <summary>The number for this run: of a full one or of a quick one.</summary>
    public T Choose<T>(T full, T quick) => IsQuick ? quick : full;

    /// <summary>Tells how far a long measurement is.</summary>
    public void Say(string words) => _say(words);

    /// <summary>Lets a machine come to rest.</summary>
    public Task PauseAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, CancellationToken);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // Something still writes there: a temporary folder is the system's to clean up then.
        }
    }
}
