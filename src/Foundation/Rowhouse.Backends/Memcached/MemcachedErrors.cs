using System.Globalization;

namespace Rowhouse.Backends.Memcached;

/// <summary>Every error of memcached, in one place: RH43xx.</summary>
internal static class MemcachedErrors
{
    public static MemcachedException Unreachable(MemcachedEndPoint server, string why, Exception? inner = null) => new(
        "RH4301",
        server,
        $"memcached at {server} cannot be reached: {why.TrimEnd('.')}. Is it running, and does it listen there?",
        inner);

    public static MemcachedException StillDown(MemcachedException last, DateTimeOffset since, TimeSpan retryDelay) => new(
        last.Code,
        last.Server,
        string.Create(CultureInfo.InvariantCulture, $"memcached at {last.Server} is down since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z; it is tried every {retryDelay.TotalSeconds:0.###} s. {last.Message}"),
        last);

    public static MemcachedException Malformed(MemcachedEndPoint server, long offset, string what, Exception? inner = null) => new(
        "RH4302",
        server,
        string.Create(CultureInfo.InvariantCulture, $"memcached at {server} sent what is no answer, at byte {offset} of the connection: {what}. The connection was closed."),
        inner);

    public static MemcachedException TimedOut(MemcachedEndPoint server, TimeSpan limit) => new(
        "RH4303",
        server,
        string.Create(CultureInfo.InvariantCulture, $"memcached at {server} did not answer within {limit.TotalSeconds:0.###} s (OperationTimeout)."));

    public static MemcachedException TooOld(MemcachedEndPoint server, string version) => new(
        "RH4304",
        server,
        $"memcached at {server} is of version '{version}'; 1.6.10 or newer is needed, the first with the finished meta protocol.");

    public static MemcachedException Lost(MemcachedEndPoint server, string why, Exception? inner = null) => new(
        "RH4305",
        server,
        $"The connection to memcached at {server} was lost before the answer came: {why.TrimEnd('.')}. The operation may have been done.",
        inner);

    public static MemcachedException TooLarge(MemcachedEndPoint server, long bytes, int limit) => new(
        "RH4306",
        server,
        string.Create(CultureInfo.InvariantCulture, $"A value of {bytes} bytes is too large: the limit is {limit} bytes (MaxValueBytes). Raise it together with 'memcached -I' at {server}."));

    public static MemcachedException TooLargeThere(MemcachedEndPoint server, long bytes) => new(
        "RH4306",
        server,
        string.Create(CultureInfo.InvariantCulture, $"A value of {bytes} bytes is too large for memcached at {server}. Its limit is 'memcached -I' (1 MiB by default), with the key and some 50 bytes of its own counted in."));

    public static MemcachedException Refused(MemcachedEndPoint server, string text) => new(
        "RH4307",
        server,
        $"memcached at {server} refused: {text}");

    public static MemcachedException TooMuchWaiting(MemcachedEndPoint server, long bytes) => new(
        "RH4308",
        server,
        string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes of commands wait for memcached at {server} on one connection; no more are taken. It is too slow for what it is given."));

    public static MemcachedException NotANumber(MemcachedEndPoint server) => new(
        "RH4309",
        server,
        $"memcached at {server} holds no number under this key, so it cannot be counted up or down. A counter is a decimal number of at most 20 digits.");

    public static MemcachedException NoKeys(MemcachedEndPoint server, string answer) => new(
        "RH4310",
        server,
        $"memcached at {server} does not list its keys: it answered '{answer}' to 'lru_crawler metadump'. Start it without '-o no_lru_crawler', and turn the crawler on with 'lru_crawler enable'; a crawl that is under way has to end first.");
}
