using System.Globalization;
using Rowhouse.Hosting.Running;

namespace Rowhouse.Hosting.Isolation;

/// <content>Looks after the child: notices its death and its hunger, and puts another one in its place.</content>
internal sealed partial class ProcessInstance
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // From "one bad request" to "an app that cannot live"; after a good life the next death is a first one again.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GoodLife = TimeSpan.FromSeconds(60);

    // One that is to go for its memory gets less time for its requests: it may go on growing.
    private static readonly TimeSpan DrainOfHungry = TimeSpan.FromSeconds(10);
    private const double Unbearable = 1.25;

    private TimeSpan _wait = ShortestWait;
    private int _restarts;
    private string? _fault;
    private string? _killedFor;
    private long? _lastMemory;
    private Task _leaving = Task.CompletedTask;

    private async Task SuperviseAsync(Child child)
    {
        try
        {
            while (true)
            {
                child = await WatchAsync(child).ConfigureAwait(false) ?? await RestartAsync(child).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_retiring.IsCancellationRequested)
        {
            // Retired: whoever did so ends the child.
        }
        catch (Exception e)
        {
            Log.UnexpectedFailure(_host.Logger, e, App, e.Message);
            _ended.TrySetResult(new InstanceEnd($"Nobody looks after the child process any more: {e.GetType().Name}: {e.Message}", IsFailure: true));
        }
    }

    /// <returns>The child that has taken over from a hungry one; null if the child has died.</returns>
    private async Task<Child?> WatchAsync(Child child)
    {
        while (!child.HasExited)
        {
            await Task.WhenAny(child.Exited, Task.Delay(LookEvery, _host.Time, _retiring.Token)).ConfigureAwait(false);
            _retiring.Token.ThrowIfCancellationRequested();
            var status = await child.FindStatusAsync(_retiring.Token).ConfigureAwait(false);
            LastFault = status?.Reason ?? _fault;
            if (FindHunger(child, status) is { } hunger && await TryReplaceAsync(child, hunger).ConfigureAwait(false) is { } next)
            {
                return next;
            }
        }

        var reason = await child.Exited.ConfigureAwait(false);
        Note(_killedFor ?? $"The child process ended: {reason}{DescribeMemory()}");
        (_killedFor, _lastMemory) = (null, null);
        return null;
    }

    private string? FindHunger(Child child, ChildStatus? status)
    {
        if (_settings.MemoryLimitBytes is not { } limit || child.MeasureMemory() is not { } memory)
        {
            return null;
        }

        _lastMemory = memory;
        if (memory <= limit)
        {
            return status?.IsHeapExhausted == true ? $"The child process was replaced: its objects fill the memory limit of {Megabytes(limit)}" : null;
        }

        var hunger = $"The child process was replaced: it used {Megabytes(memory)}, its memory limit is {Megabytes(limit)}";
        if (memory > limit * Unbearable)
        {
            _killedFor = hunger;
            child.Kill();
            return null;
        }

        return hunger;
    }

    private async Task<Child?> TryReplaceAsync(Child child, string hunger)
    {
        if (_host.Time.GetUtcNow() - child.StartedAt < _wait && !child.HasExited)
        {
            return null; // it was hungry from the beginning: starting others all the time would not help
        }

        Child next;
        try
        {
            next = await Child.StartAsync(_host, App, _settings, _retiring.Token).ConfigureAwait(false);
        }
        catch (AppStartException e)
        {
            Note(e.Message);
            return null;
        }

        Count(child);
        Note(hunger);
        BeginTurn(new ChildTurn(), next);
        _leaving = Task.WhenAll(_leaving, child.EndAsync(_settings.Drain < DrainOfHungry ? _settings.Drain : DrainOfHungry));
        return next;
    }

    private async Task<Child> RestartAsync(Child dead)
    {
        Count(dead);
        BeginTurn(new ChildTurn(), null);
        while (true)
        {
            await Task.Delay(NextWait(), _host.Time, _retiring.Token).ConfigureAwait(false);
            if (_turn.Started.IsFaulted)
            {
                BeginTurn(new ChildTurn(), null);
            }

            try
            {
                var child = await Child.StartAsync(_host, App, _settings, _retiring.Token).ConfigureAwait(false);
                _turn.Begin(child);
                Log.ChildRestarted(_host.Logger, App, child.ProcessId, Restarts);
                return child;
            }
            catch (AppStartException e)
            {
                Note(e.Message);
                _turn.Fail(e);
            }
        }
    }

    private void BeginTurn(ChildTurn turn, Child? child)
    {
        if (child is not null)
        {
            turn.Begin(child);
        }

        var before = _turn;
        _turn = turn;
        before.End();
    }

    private void Count(Child child)
    {
        Interlocked.Increment(ref _restarts);
        if (_host.Time.GetUtcNow() - child.StartedAt >= GoodLife)
        {
            _wait = ShortestWait;
        }
    }

    private TimeSpan NextWait()
    {
        var wait = _wait;
        _wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        return wait;
    }

    private void Note(string fault)
    {
        LastFault = _fault = fault;
        Log.ChildFault(_host.Logger, App, fault);
    }

    // A runtime that finds no memory for itself crashes in many ways, none of which says so.
    private string DescribeMemory() =>
        _settings.MemoryLimitBytes is not { } limit ? ""
        : _lastMemory is { } memory ? $" (it used {Megabytes(memory)} when last looked at; its memory limit is {Megabytes(limit)})"
        : $" (its memory limit is {Megabytes(limit)})";

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0} MB");
}
