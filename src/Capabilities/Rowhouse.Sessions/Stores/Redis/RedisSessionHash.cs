using System.Text;
using StackExchange.Redis;

namespace Rowhouse.Sessions;

/// <summary>
/// A session as a hash: one field per value, its name behind <c>=</c>, and beside them fields of one letter each: c created, m modified, e expires,
/// t idle time-out, o has its own, n end, u user, a address. A key that was renewed is a hash of s, the hash of the session's new key, and e. Times
/// are ticks, as .NET has them, so that none is rounded; short names and whole numbers keep small sessions in Redis's compact encoding.
/// </summary>
internal static class RedisSessionHash
{
    private const byte ValueMark = (byte)'=';

    private static ReadOnlySpan<byte> Letters => "cmetonua"u8;

    /// <summary>The field of a value.</summary>
    public static RedisValue Field(string name) => '=' + name;

    public static RedisValue Ticks(DateTimeOffset? time) => time is { } there ? there.UtcTicks : RedisValue.EmptyString;

    /// <summary>The session of a hash; null if there is none, or the key was renewed.</summary>
    public static StoredSession? Read(SessionKey key, HashEntry[] fields)
    {
        var values = new Dictionary<string, byte[]>(fields.Length, StringComparer.Ordinal);
        var found = new RedisValue[Letters.Length];
        foreach (var field in fields)
        {
            var name = ((ReadOnlyMemory<byte>)field.Name).Span;
            if (name is [ValueMark, ..])
            {
                values[Encoding.UTF8.GetString(name[1..])] = (byte[])field.Value!;
            }
            else if (name is [var letter] && Letters.IndexOf(letter) is >= 0 and var index)
            {
                found[index] = field.Value;
            }
        }

        return found is [{ IsNull: false }, { IsNull: false }, { IsNull: false }, { IsNull: false }, ..] ? Read(key, found, values) : null;
    }

    /// <summary>All fields of a session, each with its value behind it.</summary>
    public static IEnumerable<RedisValue> Write(StoredSession session)
    {
        RedisValue[] always =
        [
            "c", Ticks(session.Created), "m", Ticks(session.Modified), "e", Ticks(session.Expires),
            "t", session.IdleTimeout.Ticks, "o", session.HasOwnTimeout,
        ];
        var some = new (RedisValue Field, RedisValue Value)[] { ("n", session.End?.UtcTicks), ("u", session.User), ("a", session.ClientAddress) };
        return always
            .Concat(some.Where(field => !field.Value.IsNull).SelectMany(field => (RedisValue[])[field.Field, field.Value]))
            .Concat(session.Values.SelectMany(value => (RedisValue[])[Field(value.Key), value.Value]));
    }

    private static StoredSession Read(SessionKey key, RedisValue[] found, Dictionary<string, byte[]> values) => new()
    {
        Key = key,
        Created = Time(found[0]),
        Modified = Time(found[1]),
        Expires = Time(found[2]),
        IdleTimeout = TimeSpan.FromTicks((long)found[3]),
        HasOwnTimeout = found[4] == 1,
        End = found[5].IsNull ? null : Time(found[5]),
        User = found[6],
        ClientAddress = found[7],
        Values = values,
    };

    private static DateTimeOffset Time(RedisValue ticks) => new((long)ticks, TimeSpan.Zero);
}
