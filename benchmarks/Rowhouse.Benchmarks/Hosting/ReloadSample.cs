namespace Rowhouse.Benchmarks.Hosting;

/// <summary>The server after so many reloads, come to rest.</summary>
internal sealed record ReloadSample(int Reloads, int AliveInstances, long WorkingSetBytes, long HeapBytes);
