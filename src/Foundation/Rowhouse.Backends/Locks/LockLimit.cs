namespace Rowhouse.Backends;

/// <summary>How long a store may take to answer: an answer that comes after the lease is of little use, but a busy server is no missing one.</summary>
internal static class LockLimit
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    public static TimeSpan Of(Backend backend, TimeSpan lease)
    {
        var limit = lease > Least ? lease : Least;
        return limit < backend.Timeout ? limit : backend.Timeout;
    }
}
