using System.Diagnostics.Metrics;

namespace Rowhouse.Sessions;

/// <summary>The meter <c>Rowhouse.Sessions</c>; docs/how-to/sessions.md lists its instruments.</summary>
internal static class SessionMetrics
{
    public const string MeterName = "Rowhouse.Sessions";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> LoadDuration = Meter.CreateHistogram<double>("rowhouse.session.load.duration", "s", "How long it takes to load a session.");
    private static readonly Histogram<double> SaveDuration = Meter.CreateHistogram<double>("rowhouse.session.save.duration", "s", "How long it takes to save what a request changed.");
    private static readonly Counter<long> Loads = Meter.CreateCounter<long>("rowhouse.session.loads", "{session}", "Sessions that were looked for; found says whether they were there.");
    private static readonly Counter<long> Saves = Meter.CreateCounter<long>("rowhouse.session.saves", "{change}", "Changes that were saved.");
    private static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("rowhouse.session.conflicts", "{conflict}", "How often a change was made anew because another one was faster.");
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("rowhouse.session.bytes", "By", "Bytes of values that were loaded and saved.");
    private static readonly Counter<long> Gone = Meter.CreateCounter<long>("rowhouse.session.gone", "{change}", "Changes that were dropped because the session had ended meanwhile.");
    private static readonly Counter<long> Unavailable = Meter.CreateCounter<long>("rowhouse.session.unavailable", "{request}", "Loads and saves that failed because the backend is down.");
    private static readonly Counter<long> Trashed = Meter.CreateCounter<long>("rowhouse.session.trashed", "{session}", "Expired sessions that were removed.");

    public static void Loaded(string backend, TimeSpan elapsed, StoredSession? found)
    {
        var tag = Backend(backend);
        LoadDuration.Record(elapsed.TotalSeconds, tag);
        Loads.Add(1, tag, new("found", found is not null));
        if (found is not null && Bytes.Enabled)
        {
            Bytes.Add(found.Size, tag, new("direction", "load"));
        }
    }

    public static void Saved(string backend, TimeSpan elapsed, SessionCommit commit, SessionChange change)
    {
        var tag = Backend(backend);
        SaveDuration.Record(elapsed.TotalSeconds, tag);
        Conflicted(backend, commit.Conflicts + (commit.Outcome == SessionOutcome.Unexpected ? 1 : 0));
        if (commit.Outcome == SessionOutcome.Gone)
        {
            Gone.Add(1, tag);
        }
        else if (commit.Outcome == SessionOutcome.Saved)
        {
            Saves.Add(1, tag);
            if (Bytes.Enabled)
            {
                Bytes.Add(change.Values.Sum(value => (long)(value.Value?.Length ?? 0)), tag, new("direction", "save"));
            }
        }
    }

    public static void Failed(string backend) => Unavailable.Add(1, Backend(backend));

    public static void Removed(string backend, int count) => Trashed.Add(count, Backend(backend));

    private static void Conflicted(string backend, int count)
    {
        if (count > 0)
        {
            Conflicts.Add(count, Backend(backend));
        }
    }

    private static KeyValuePair<string, object?> Backend(string backend) => new("backend", backend);
}
