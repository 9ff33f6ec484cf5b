namespace Rowhouse.Benchmarks.Configuration;

/// <summary>That a process had a lock: from when it knew to when it was killed, in the ticks that all processes of a machine share.</summary>
internal sealed record LockHolding(long Token, long From)
{
    public long Until { get; init; } = long.MaxValue;
}
