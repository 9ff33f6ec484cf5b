using Rowhouse.Hosting.Running;

namespace Rowhouse.Hosting.Serving;

/// <summary>
/// One app as the server runs it: which instance serves, what is being built, what went wrong. Requests take the instance from one field
/// without a lock; everything that changes that field does so under the gate.
/// </summary>
internal sealed partial class HostedApp : IAsyncDisposable
{
    private readonly AppHost _host;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _gone = new();

    // What a request may enter without asking: null while something is to be decided.
    private volatile AppInstance? _open;
    private volatile bool _used;

    private AppInstance? _current;
    private AppFailure? _failure;
    private AppFolder? _folder;
    private bool _disabled;
    private int _instances;
    private DateTimeOffset _lastUse;

    public HostedApp(AppHost host, string name)
    {
        _host = host;
        Name = name;
        _retired = new RetiredInstances(host.Time);
        _lastUse = host.Time.GetUtcNow();
        _disabled = File.Exists(Path.Combine(FolderPath, AppFolder.DisabledFile));
    }

    public string Name { get; }

    public string FolderPath => Path.Combine(_host.Root.Applications, Name);

    /// <summary>Whether errors are shown to the visitor.</summary>
    public bool IsInDevelopment => IsDevelopment;

    /// <summary>Whether an instance, of the newest build or an older one, is there.</summary>
    public bool HasInstance => _current is not null;

    private AppSettings Settings => _host.Config.SettingsOf(Name);

    private string Environment => _host.EnvironmentOf(Name);

    private bool IsDevelopment => string.Equals(Environment, "Development", StringComparison.OrdinalIgnoreCase);

    /// <summary>The instance for a request, already entered; null if <see cref="AdmitAsync"/> has to decide.</summary>
    public AppInstance? Enter()
    {
        var open = _open;
        if (open is null || !open.TryEnter())
        {
            return null;
        }

        if (!_used)
        {
            _used = true;
        }

        return open;
    }

    /// <summary>
    /// Decides about a request that found no instance open: waits for a build that is under way, starts an idle app, tells why neither
    /// is possible. Where an older instance still works it serves what is not a page, and in production everything.
    /// </summary>
    public async ValueTask<Admission> AdmitAsync(bool isPage, CancellationToken cancellationToken)
    {
        _used = true;
        while (true)
        {
            Task work;
            lock (_gate)
            {
                if (TryAdmit(isPage, out var admission))
                {
                    return admission;
                }

                work = StartWork();
            }

            await work.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The app's child process, already entered; null if it has none.</summary>
    public Isolation.ProcessInstance? EnterProcess() => _current is Isolation.ProcessInstance process && process.TryEnter() ? process : null;

    public AppStatus GetStatus(IReadOnlyList<string> places)
    {
        lock (_gate)
        {
            return new AppStatus
            {
                Name = Name,
                Kind = _folder?.Kind ?? (Directory.Exists(FolderPath) ? AppFolder.FindKind(FolderPath) : null),
                State = GetState(),
                Reason = _failure?.Reason ?? _current?.LastFault,
                Isolation = Settings.Isolation,
                Routes = places,
                Instance = _current?.Number ?? 0,
                ActiveRequests = _current?.ActiveRequests ?? 0,
                Since = _current?.Since,
                LeakedInstances = _retired.CountLeaked(),
                ProcessId = _current?.ProcessId,
                ProcessMemoryBytes = _current?.ProcessMemoryBytes,
                Restarts = _current?.Restarts ?? 0,
            };
        }
    }

    /// <summary>Takes the app down for good; requests in flight may finish.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync().ConfigureAwait(false);
        Task? work;
        lock (_gate)
        {
            work = _work;
        }

        if (work is not null)
        {
            await work.ConfigureAwait(false);
        }

        await CloseAsync().ConfigureAwait(false);
        await _retired.WaitAsync().ConfigureAwait(false);
    }

    private AppState GetState() => this switch
    {
        { _disabled: true } => AppState.Disabled,
        { _current: not null } => AppState.Running,
        { _work: not null } => AppState.Starting,
        { _failure: not null } => AppState.Failed,
        _ => AppState.Idle,
    };

    // Under the gate.
    private bool TryAdmit(bool isPage, out Admission admission)
    {
        admission = default;
        if (_disabled || _gone.IsCancellationRequested)
        {
            admission = new Admission(null, IsDisabled: _disabled);
            return true;
        }

        if (_work is not null && (IsDevelopment || _current is null))
        {
            return false;
        }

        if (_current is not null && (_failure is null || !IsDevelopment || !isPage))
        {
            if (_current.TryEnter())
            {
                admission = new Admission(_current);
                return true;
            }

            // It is ending by itself: whoever watches it has not come round to saying so.
            _current = null;
            UpdateOpen();
            return false;
        }

        if (_failure is not null && !(_current is null && _failure.RetryAt <= _host.Time.GetUtcNow()))
        {
            admission = new Admission(null, _failure);
            return true;
        }

        return false;
    }

    // Under the gate.
    private void UpdateOpen()
    {
        var isUndecided = _disabled || _gone.IsCancellationRequested || (IsDevelopment && (_failure is not null || IsStale));
        _open = isUndecided ? null : _current;
    }

    private async Task CloseAsync()
    {
        AppInstance? instance;
        lock (_gate)
        {
            instance = _current;
            _current = null;
            UpdateOpen();
        }

        if (instance is not null)
        {
            await _retired.RetireAsync(instance).ConfigureAwait(false);
        }
    }
}
