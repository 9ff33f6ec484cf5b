using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rowhouse.Backends;

/// <summary>The meter <c>Rowhouse.Backends</c>; docs/how-to/backends.md lists its instruments.</summary>
internal static class BackendMetrics
{
    public const string MeterName = "Rowhouse.Backends";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> CallDuration = Meter.CreateHistogram<double>("rowhouse.backend.call.duration", "s", "How long calls of a backend take.");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("rowhouse.backend.refused", "{call}", "Calls that failed at once because the backend is known to be unavailable.");
    private static readonly UpDownCounter<int> OpenCircuits = Meter.CreateUpDownCounter<int>("rowhouse.backend.unavailable", "{backend}", "Backends that are known to be unavailable.");
    private static readonly UpDownCounter<int> HeldLocks = Meter.CreateUpDownCounter<int>("rowhouse.lock.held", "{lock}", "Locks that this process holds.");
    private static readonly Counter<long> LostLocks = Meter.CreateCounter<long>("rowhouse.lock.lost", "{lock}", "Locks that could not be renewed in time.");

    public static void Called(string backend, string outcome, TimeSpan elapsed)
    {
        if (CallDuration.Enabled)
        {
            CallDuration.Record(elapsed.TotalSeconds, new TagList { { "backend", backend }, { "outcome", outcome } });
        }
    }

    public static void CallRefused(string backend) => Refused.Add(1, new KeyValuePair<string, object?>("backend", backend));

    public static void CircuitChanged(string backend, bool isOpen) => OpenCircuits.Add(isOpen ? 1 : -1, new KeyValuePair<string, object?>("backend", backend));

    public static void LockTaken(string backend) => HeldLocks.Add(1, new KeyValuePair<string, object?>("backend", backend));

    public static void LockGone(string backend, bool isLost)
    {
        HeldLocks.Add(-1, new KeyValuePair<string, object?>("backend", backend));
        if (isLost)
        {
            LostLocks.Add(1, new KeyValuePair<string, object?>("backend", backend));
        }
    }
}
