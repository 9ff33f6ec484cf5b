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

    public AppConfigPlace Place { get; }

    /// <summary>Whether a change of the files is to be seen.</summary>
    public bool IsWatched { get; }

    public AppConfigSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Reads the files again.</summary>
    public void Reload()
    {
        IReadOnlyList<string> problems;
        lock (_reloading)
        {
            var model = AppConfigReader.Read(Place);
            problems = model.Problems;
            if (problems.Count == 0)
            {
                Volatile.Write(ref _current, new AppConfigSnapshot(model));
            }
        }

        if (problems.Count == 0)
        {
            Changed?.Invoke();
        }
        else
        {
            Refused?.Invoke(problems);
        }
    }
}
