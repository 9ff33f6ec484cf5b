using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Rowhouse.Hosting.Running.Starting;

namespace Rowhouse.Hosting.Running;

/// <content>From a build to a running app.</content>
internal sealed partial class SharedInstance
{
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ILogger Logger => field ??= _setup.Log.CreateLogger("Rowhouse.Hosting");

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        StartInterceptor.Install();
        UnhandledExceptions.Install(Logger);
        var start = _start = Prepare();
        var box = new StrongBox<AppStart?>();
        RunMain(start, box);
        try
        {
            await WaitForStartAsync(start, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _services = start.Services;
            box.Value = start.Services is null ? AppStart.Abandoned : null;
        }
    }

    private AppStart Prepare()
    {
        var context = new InstanceLoadContext(_setup.App.Name, Number, _setup.Build.EntryAssembly);
        _context = context;
        var assembly = context.LoadEntry(_setup.Build.EntryAssembly, ReportExit, ReportFault);
        var server = new InstanceServer(_setup.Addresses, DrainAsync);
        return new AppStart
        {
            Arguments = StartArguments.For(_setup, assembly.GetName().Name!),
            Server = server,
            Assembly = assembly,
            Configure = services => InstanceServices.Apply(services, _setup, server, assembly),
        };
    }

    // A thread of its own without the caller's execution context: nothing of the server flows into the app or the other way round.
    private void RunMain(AppStart start, StrongBox<AppStart?> box)
    {
        var main = _main;
        var thread = new Thread(() => main.SetResult(EntryPoint.Run(start, box))) { IsBackground = true, Name = _context!.Name };
        thread.UnsafeStart();
        _ = WatchMainAsync();
    }

    private async Task WaitForStartAsync(AppStart start, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timeout = Task.Delay(_setup.Settings.StartTimeout, _setup.Time, limit.Token);
        var first = await Task.WhenAny(start.Server.Started, _exit.Task, _main.Task, timeout).ConfigureAwait(false);
        await limit.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        var name = _setup.App.Name;
        if (_exit.Task.IsCompleted)
        {
            throw new AppStartException(HostingErrors.ExitAtStart(name, await _exit.Task.ConfigureAwait(false)));
        }

        if (first == start.Server.Started)
        {
            _pipeline = await start.Server.Started.ConfigureAwait(false);
            return;
        }

        if (first == _main.Task)
        {
            var error = await _main.Task.ConfigureAwait(false);
            error = start.Server.ServiceFault ?? error;
            throw new AppStartException(error is null ? HostingErrors.MainReturned(name) : HostingErrors.StartFailed(name, error));
        }

        throw new AppStartException(HostingErrors.StartTimedOut(name, _setup.Settings.StartTimeout));
    }

    private async Task WatchMainAsync()
    {
        var error = await _main.Task.ConfigureAwait(false);
        if (IsRetired)
        {
            return;
        }

        _ended.TrySetResult(error switch
        {
            null => EndOfItself(),
            AppExitException exit => EndOf(exit.ExitCode),
            _ => new InstanceEnd($"Program.cs ended with {error.GetType().Name}: {error.Message}", IsFailure: true),
        });
    }

    private static InstanceEnd EndOf(int exitCode) => new($"The app called Environment.Exit({exitCode}).", IsFailure: exitCode != 0);

    private void ReportExit(int exitCode)
    {
        _exit.TrySetResult(exitCode);
        _ended.TrySetResult(EndOf(exitCode));
    }

    private InstanceEnd EndOfItself() => _start?.Server.ServiceFault is { } fault
        ? new InstanceEnd($"A background service threw {fault.GetType().Name}: {fault.Message}. Its host stopped the app (HostOptions.BackgroundServiceExceptionBehavior).", IsFailure: true)
        : new InstanceEnd("The app stopped itself: its Main returned, or it called StopApplication.", IsFailure: false);

    private void ReportFault(Exception exception)
    {
        var cause = exception.GetBaseException();
        LastFault = $"An exception in a background thread: {cause.GetType().Name}: {cause.Message}";
        Log.BackgroundFault(Logger, exception, _setup.App.Name);
    }
}
