namespace Rowhouse.Configuration;

/// <summary>The configuration of an app as it is now. A reload that succeeds swaps one reference; one that fails changes nothing.</summary>
internal sealed class AppConfigState
{
    private readonly Lock _reloading = new();
    private AppConfigSnapshot _current;

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="RowhouseException">RH2101: all errors of the files.</exception>
    public AppConfigState(AppConfigPlace place, bool isWatched)
    {
        Place = place;
        IsWatched = isWatched;
        var model = AppConfigReader.Read(place);
        model.ThrowIfWrong();
        _current = new AppConfigSnapshot(model);
    }

    /// <summary>A reload succeeded.</summary>
    public event Action? Changed;

    /// <summary>A reload failed, for these reasons.</summary>
    public event Action<IReadOnlyList<string>>? Refused;

    /// <summary>A reload succeeded, and one of those who were told of it failed.</summary>
    public event Action<Exception>? ListenerFailed;

    public AppConfigPlace Place { get; }

    /// <summary>Whether a change of the files is to be seen.</summary>
    public bool IsWatched { get; }

    public AppConfigSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Reads the files again.</summary>
    public void Reload()
    {
        IReadOnlyList<string> problems;
        AppConfigSnapshot? replaced = null;
        lock (_reloading)
        {
            var model = AppConfigReader.Read(Place);
            problems = model.Problems;
            if (problems.Count == 0)
            {
                replaced = _current;
                Volatile.Write(ref _current, new AppConfigSnapshot(model));
            }
        }

        if (replaced is not null)
        {
            Tell(replaced);
        }
        else
        {
            Refused?.Invoke(problems);
        }
    }

    // They are the app's code (an OnChange, the validation of options), and this may be a timer's thread, where an exception ends the process.
    private void Tell(AppConfigSnapshot replaced)
    {
        foreach (var changed in Delegate.EnumerateInvocationList(Changed))
        {
            Guard(changed);
        }

        Guard(replaced.TellReplaced);
    }

    private void Guard(Action call)
    {
        try
        {
            call();
        }
        catch (AggregateException e)
        {
            foreach (var inner in e.Flatten().InnerExceptions)
            {
                ListenerFailed?.Invoke(inner);
            }
        }
        catch (Exception e)
        {
            ListenerFailed?.Invoke(e);
        }
    }
}
