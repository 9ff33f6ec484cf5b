using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rowhouse.Hosting.Building.Sources;
using Rowhouse.Hosting.Running.Unloading;

namespace Rowhouse.Hosting.Running;

/// <summary>An instance in the server's process.</summary>
internal sealed partial class SharedInstance : AppInstance
{
    // A host that does not stop is left behind after this long; the log says so.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly InstanceSetup _setup;
    private readonly TaskCompletionSource<InstanceEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception?> _main = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private InstanceLoadContext? _context;
    private RequestPipeline? _pipeline;
    private AppStart? _start;
    private IServiceProvider? _services;

    private SharedInstance(InstanceSetup setup)
        : base(setup.Number, setup.Build, setup.Time.GetUtcNow())
    {
        _setup = setup;
    }

    public override Task<InstanceEnd> Ended => _ended.Task;

    /// <summary>Loads the app and runs its Main until it is ready for requests.</summary>
    /// <param name="setup">What to start.</param>
    /// <param name="abandon">Gets the instance if it did not get that far: it may go on for long, and nobody should wait for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AppStartException">It did not get that far.</exception>
    public static async Task<SharedInstance> StartAsync(InstanceSetup setup, Action<AppInstance> abandon, CancellationToken cancellationToken)
    {
        var instance = new SharedInstance(setup);
        try
        {
            await instance.StartAsync(cancellationToken).ConfigureAwait(false);
            return instance;
        }
        catch
        {
            abandon(instance);
            throw;
        }
    }

    public override AppRequest Begin(IFeatureCollection features) => _pipeline!.Begin(features);

    /// <summary>Puts changed views in place of those the app was compiled with.</summary>
    /// <returns>Whether the app can do so.</returns>
    public bool TryReplaceViews(CompileOutput views)
    {
        if (_services?.GetService<ReplaceableViews>() is not { } replaceable || _context?.EntryAssembly is not { } app)
        {
            return false;
        }

        replaceable.Replace(new ViewsLoadContext(app).Load(views));
        return true;
    }

    // An exception that ended the start is kept for the error page, and holds the instance with it.
    public override WeakReference? Trace() => _context is null || (_pipeline is null && _main.Task.IsCompleted) ? null : new WeakReference(_context);

    protected override async Task StopAsync()
    {
        if (_pipeline is { } pipeline)
        {
            using var limit = new CancellationTokenSource(StopTimeout, _setup.Time);
            await pipeline.CloseSocketsAsync(limit.Token).ConfigureAwait(false);
        }

        var clients = FindHttpClients();
        RequestStop();
        if (_pipeline is not null)
        {
            await WaitForMainAsync(_setup.Settings.Drain + StopTimeout).ConfigureAwait(false);
        }
        else if (_services is not null)
        {
            await WaitForMainAsync(StopTimeout).ConfigureAwait(false);
        }

        if (clients is not null)
        {
            HttpClientTimers.Stop(clients);
        }

        LetGo();
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (!IsRetired)
        {
            // The app stops itself: nobody else has closed its door.
            Close();
            _ended.TrySetResult(EndOfItself());
        }

        var limit = Task.Delay(_setup.Settings.Drain, _setup.Time, cancellationToken);
        if (await Task.WhenAny(Drained, limit).ConfigureAwait(false) != Drained)
        {
            _pipeline?.AbortAll();
            await Task.WhenAny(Drained, Task.Delay(StopTimeout, _setup.Time, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private void RequestStop()
    {
        try
        {
            _services?.GetService<IHostApplicationLifetime>()?.StopApplication();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    // Asked for before the app's services are disposed of.
    private IHttpClientFactory? FindHttpClients()
    {
        try
        {
            return _services?.GetService<IHttpClientFactory>();
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
        {
            return null; // it has ended by itself, or cannot make one and so has none
        }
    }

    private async Task WaitForMainAsync(TimeSpan limit)
    {
        try
        {
            await _main.Task.WaitAsync(limit, _setup.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Log.InstanceDoesNotEnd(Logger, _setup.App.Name, Number);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LetGo()
    {
        _pipeline = null;
        _start = null;
        _services = null;
        if (_context is { } context)
        {
            _context = null;
            ProcessCaches.Forget(context);
            context.Release();
        }
    }
}
