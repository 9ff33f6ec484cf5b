using Rowhouse.Hosting.Serving;

namespace Rowhouse.Hosting.Isolation;

/// <summary>What a child tells its parent about itself.</summary>
/// <param name="State">What its app is doing.</param>
/// <param name="Reason">Why it failed, or why the last reload was not taken; one line.</param>
/// <param name="HeapLoad">How much of the garbage collector's limit the last full collection left in use; 1 is all.</param>
internal sealed record ChildStatus(AppState State, string? Reason, double HeapLoad)
{
    /// <summary>Answered by children only, and only to their parent: nobody else reaches their sockets.</summary>
    public const string Path = "/_rowhouse/status";

    // When so much is alive, the app fails with OutOfMemoryException sooner or later without ever exceeding what it may have.
    private const double Exhausted = 0.9;

    /// <summary>Whether the child will answer requests for the app in one way or another.</summary>
    public bool IsDecided => State is AppState.Running or AppState.Failed or AppState.Disabled;

    public bool IsHeapExhausted => HeapLoad >= Exhausted;

    public static ChildStatus Of(AppCatalog catalog, string app)
    {
        // Only a full collection tells what is alive; before the limit is hit there is always one.
        var memory = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        var load = memory.TotalAvailableMemoryBytes > 0 ? memory.HeapSizeBytes / (double)memory.TotalAvailableMemoryBytes : 0;
        return catalog.Find(app)?.GetStatus([]) is { } status
            ? new ChildStatus(status.State, status.Reason, load)
            : new ChildStatus(AppState.Starting, null, load);
    }
}
