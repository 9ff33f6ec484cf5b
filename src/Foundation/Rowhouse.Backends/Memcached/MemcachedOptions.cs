namespace Rowhouse.Backends.Memcached;

/// <summary>How a <see cref="MemcachedClient"/> behaves.</summary>
public sealed record MemcachedOptions
{
    /// <summary>
    /// Connections to each server, 1 to 64. The default is 2: many operations share a connection, each waits only for the answers before its own,
    /// and the second is there for a short value that would stand behind a long one.
    /// </summary>
    public int ConnectionsPerServer { get; init; } = 2;

    /// <summary>How long a connection may take to open, with the first answer. The default is 1 second.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long an operation on an open connection may take; at most a quarter more, since one clock looks after all of them. The default is 1 second.
    /// A connection on which nothing at all arrived for so long is closed.
    /// </summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a server that is down is tried, in the background. The default is 1 second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest value that is sent or accepted, in bytes. The default is 1 MiB, as memcached's own (<c>-I</c>); raise both together.
    /// memcached counts the key and some 50 bytes of its own in.
    /// </summary>
    public int MaxValueBytes { get; init; } = 1024 * 1024;

    /// <summary>The clock for time-outs and for times to live above 30 days.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ConnectionsPerServer, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ConnectionsPerServer, 64);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(OperationTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetryDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxValueBytes);
        ArgumentNullException.ThrowIfNull(TimeProvider);
    }
}
