namespace Rowhouse.Backends.Memcached;

/// <summary>Times as memcached has them: whole seconds from now up to 30 days, above that the date; 0 for ever, negative for gone.</summary>
internal static class WireTime
{
    /// <summary>memcached's REALTIME_MAXDELTA.</summary>
    private const long MaxRelativeSeconds = 60 * 60 * 24 * 30;

    // In memcached a date is a signed number of 32 bits: a later one would be taken for a time in the past.
    private const long LastDate = int.MaxValue;

    public static long ToExpiry(TimeSpan timeToLive, TimeProvider time)
    {
        if (timeToLive == TimeSpan.Zero || timeToLive == Timeout.InfiniteTimeSpan)
        {
            return 0;
        }

        if (timeToLive < TimeSpan.Zero)
        {
            return -1;
        }

        var seconds = ToSeconds(timeToLive);
        return seconds <= MaxRelativeSeconds ? seconds : Math.Min(time.GetUtcNow().ToUnixTimeSeconds() + seconds, LastDate);
    }

    /// <summary>Whole seconds, rounded up, so that no time becomes none.</summary>
    public static long ToSeconds(TimeSpan time) =>
        time <= TimeSpan.Zero ? 0 : Math.Min(((time.Ticks - 1) / TimeSpan.TicksPerSecond) + 1, LastDate);

    /// <summary>What a <c>t</c> in an answer means.</summary>
    public static TimeSpan ToTimeSpan(long seconds) =>
        seconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(Math.Min(seconds, uint.MaxValue));
}
