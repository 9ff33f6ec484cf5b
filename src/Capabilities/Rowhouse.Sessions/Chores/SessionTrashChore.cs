using Microsoft.Extensions.Hosting;

namespace Rowhouse.Sessions;

/// <summary>
/// Removes expired sessions from time to time: on one node of the farm at a time if the backend keeps locks, in small steps with pauses. That no
/// expired session is served does not depend on it.
/// </summary>
internal sealed class SessionTrashChore : BackgroundService
{
    public const int BatchSize = 500;

    // A step of 500 takes a database about this long; so the chore takes half of one connection at most.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly SessionsModel _model;

    // The settings are checked when this is made, which is when the app starts.
    public SessionTrashChore(SessionsModel model)
    {
        _model = model;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_model.Store is not { } store || _model.TrashInterval is not { } interval)
        {
            return;
        }

        try
        {
            while (true)
            {
                await Task.Delay(interval, _model.Time, stoppingToken);
                await TryRunAsync(store, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops; another node or the next start goes on.
        }
    }

    private async Task TryRunAsync(SessionStore store, CancellationToken stoppingToken)
    {
        try
        {
            await using var lease = _model.Locks.Farm is { } locks ? await locks.TryAcquireAsync($"rowhouse:sessions:trash:{_model.App}", cancellationToken: stoppingToken) : null;
            if (_model.Locks.Farm is not null && lease is null)
            {
                return;
            }

            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lease?.Lost ?? CancellationToken.None);
            await RunAsync(store, ending.Token);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Log.NotTrashed(_model.Log, e.Message);
        }
    }

    private async Task RunAsync(SessionStore store, CancellationToken cancellationToken)
    {
        var trash = new SessionTrash { Now = _model.Time.GetUtcNow() };
        var (position, count) = ((string?)null, 0L);
        do
        {
            var step = await store.TrashAsync(trash, BatchSize, position, cancellationToken);
            SessionMetrics.Removed(store.Name, step.Removed);
            (position, count) = (step.Position, count + step.Removed);
            if (position is not null)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
        while (position is not null);

        if (count > 0)
        {
            Log.Trashed(_model.Log, count);
        }
    }
}
