namespace Rowhouse.Backends;

/// <summary>How long a lock is held without a sign of life, and how long one waits for it.</summary>
public sealed record LockOptions
{
    /// <summary>
    /// For how long the lock outlives its holder. It is renewed in the background at a third of this, so it is no limit to the work; it is the time
    /// that others wait after a holder has died. From 1 s to 1 h; the default is 15 s, which outlasts a failover of a database.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait while another one holds it. The default is zero: do not wait.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.Zero;

    internal void Validate()
    {
        if (Lease < TimeSpan.FromSeconds(1) || Lease > TimeSpan.FromHours(1))
        {
            throw new ArgumentOutOfRangeException(nameof(Lease), Lease, "A lease is from 1 s to 1 h long.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Wait, TimeSpan.Zero, nameof(Wait));
    }
}
