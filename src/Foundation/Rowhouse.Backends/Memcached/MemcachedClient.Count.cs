using System.Buffers.Text;

namespace Rowhouse.Backends.Memcached;

public sealed partial class MemcachedClient
{
    /// <summary>Counts up and returns the new value; null if there is no counter and none was to be made. Above 2^64 it begins at 0 again.</summary>
    /// <param name="key">Any string.</param>
    /// <param name="by">The step.</param>
    /// <param name="how">What a missing counter is made with.</param>
    /// <param name="cancellationToken">Ends the wait. The step may be done all the same.</param>
    public ValueTask<ulong?> IncrementAsync(string key, ulong by = 1, MemcachedCount how = default, CancellationToken cancellationToken = default) =>
        CountAsync(key, 'I', by, how, cancellationToken);

    /// <summary>Counts down and returns the new value, which is never below 0; null if there is no counter and none was to be made.</summary>
    /// <param name="key">Any string.</param>
    /// <param name="by">The step.</param>
    /// <param name="how">What a missing counter is made with.</param>
    /// <param name="cancellationToken">Ends the wait. The step may be done all the same.</param>
    public ValueTask<ulong?> DecrementAsync(string key, ulong by = 1, MemcachedCount how = default, CancellationToken cancellationToken = default) =>
        CountAsync(key, 'D', by, how, cancellationToken);

    private async ValueTask<ulong?> CountAsync(string key, char mode, ulong by, MemcachedCount how, CancellationToken cancellationToken)
    {
        using var line = CountLine(key, mode, by, how);
        var reply = await CallAsync(line, MetaCode.Value | MetaCode.NotFound, cancellationToken);
        if (reply.Code == MetaCode.NotFound)
        {
            return null;
        }

        // A number that has become shorter may have blanks behind it.
        var text = reply.Value.AsSpan().TrimEnd((byte)' ');
        return Utf8Parser.TryParse(text, out ulong value, out var used) && used == text.Length
            ? value
            : throw MemcachedErrors.NotANumber(Servers[_ring.Find(line.Key)]);
    }

    private MetaLine CountLine(string key, char mode, ulong by, in MemcachedCount how)
    {
        ArgumentNullException.ThrowIfNull(key);
        var line = new MetaLine("ma "u8, key);
        line.Add([(byte)' ', (byte)'M', (byte)mode]);
        line.Add(" v D"u8, by);
        if (how.Initial is { } initial)
        {
            line.Add(" N"u8, Expiry(how.InitialTimeToLive));
            line.Add(" J"u8, initial);
        }

        return line;
    }
}
