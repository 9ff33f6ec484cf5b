using Microsoft.AspNetCore.Http.Features;
using Rowhouse.Hosting.Running;
using Rowhouse.Hosting.Serving;
using Yarp.ReverseProxy.Forwarder;

namespace Rowhouse.Hosting.Isolation;

/// <summary>An instance in a child process: requests are forwarded to it, and when it dies another one takes its place.</summary>
internal sealed partial class ProcessInstance : AppInstance, IDisposable
{
    // For requests that have entered and are not sent yet; those that were sent are waited for by the child itself.
    private static readonly TimeSpan HandOver = TimeSpan.FromSeconds(1);

    private readonly AppHost _host;
    private readonly AppSettings _settings;
    private readonly CancellationTokenSource _retiring = new();
    private readonly TaskCompletionSource<InstanceEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _supervision = Task.CompletedTask;
    private volatile ChildTurn _turn = new();

    private ProcessInstance(AppHost host, string app, int number, AppSettings settings)
        : base(number, null, host.Time.GetUtcNow())
    {
        _host = host;
        App = app;
        _settings = settings;
    }

    public string App { get; }

    /// <summary>Practically never: a child that dies is replaced.</summary>
    public override Task<InstanceEnd> Ended => _ended.Task;

    public override int? ProcessId => _turn.Current is { HasExited: false } child ? child.ProcessId : null;

    public override long? ProcessMemoryBytes => _turn.Current?.MeasureMemory();

    public override int Restarts => Volatile.Read(ref _restarts);

    /// <summary>Starts a child and waits until the app answers in it.</summary>
    /// <exception cref="AppStartException">It did not get that far.</exception>
    public static async Task<ProcessInstance> StartAsync(AppHost host, string name, int number, AppSettings settings, CancellationToken cancellationToken)
    {
        var instance = new ProcessInstance(host, name, number, settings);
        var child = await Child.StartAsync(host, name, settings, cancellationToken).ConfigureAwait(false);
        instance._turn.Begin(child);
        instance._supervision = instance.SuperviseAsync(child);
        return instance;
    }

    public override AppRequest Begin(IFeatureCollection features) => new ForwardingRequest(this, features);

    /// <summary>The child for a request; waits for it, but no longer than an app may take to start, if it is dead at the moment.</summary>
    /// <param name="except">A child that could not be reached.</param>
    /// <param name="cancellationToken">The end of the request.</param>
    /// <exception cref="AppStartException">The last attempt to start another one has failed.</exception>
    /// <exception cref="TimeoutException">There is none for so long.</exception>
    public ValueTask<Child> GetChildAsync(Child? except, CancellationToken cancellationToken) =>
        _turn.Current is { HasExited: false } child && child != except ? ValueTask.FromResult(child) : new(WaitForChildAsync(except, cancellationToken));

    public void Dispose() => _retiring.Dispose();

    /// <summary>Notes a request that got no answer.</summary>
    public void ReportLost(string method, ForwarderError error, Exception? exception) => Log.RequestLost(_host.Logger, App, method, error, exception?.Message ?? "");

    protected override async Task StopAsync()
    {
        await Task.WhenAny(Drained, Task.Delay(HandOver, _host.Time, CancellationToken.None)).ConfigureAwait(false);
        await _retiring.CancelAsync().ConfigureAwait(false);
        await _supervision.ConfigureAwait(false);
        await _leaving.ConfigureAwait(false);
        if (_turn.Current is { } child)
        {
            await child.EndAsync(_settings.Drain).ConfigureAwait(false);
        }

        Dispose();
    }

    private async Task<Child> WaitForChildAsync(Child? except, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_settings.StartTimeout, _host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (true)
            {
                var turn = _turn;
                var child = await turn.Started.WaitAsync(either.Token).ConfigureAwait(false);
                if (!child.HasExited && child != except)
                {
                    return child;
                }

                await turn.Over.WaitAsync(either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }
}
