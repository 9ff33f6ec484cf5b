using Rowhouse.Benchmarks.Processes;

namespace Rowhouse.Benchmarks.Suites;

/// <summary>One run of a suite: how much is measured, and where.</summary>
internal sealed class BenchmarkRun : IAsyncDisposable
{
    private readonly Action<string> _say;
    private readonly List<IAsyncDisposable> _kept = [];

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

    /// <summary>Keeps what several rows use, and disposes of it after the run.</summary>
    public T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _kept.Add(part);
        return part;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _kept)
        {
            await part.DisposeAsync().ConfigureAwait(false);
        }

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
