using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rowhouse.Benchmarks.Sessions;

/// <summary>Sessions as a shop may have them.</summary>
internal static class SampleSession
{
    /// <summary>Longer than a run, so that nothing that is measured ends by itself.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromHours(12);

    /// <summary>What a request writes that counts something.</summary>
    public const string Counter = "visits";

    private static readonly byte[] Cart = RandomNumberGenerator.GetBytes(120);

    /// <summary>The key of the session of a number.</summary>
    public static SessionKey Key(int number) => SessionKey.Of(Id(number));

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"stored-{number}");

    /// <summary>A stored session: who, what is in the cart, and a counter.</summary>
    public static StoredSession Stored(SessionKey key, DateTimeOffset now, TimeSpan life) => new()
    {
        Key = key,
        Created = now,
        Modified = now,
        Expires = now + life,
        IdleTimeout = life,
        User = "ada@example.com",
        ClientAddress = "192.0.2.7",
        Values = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["user"] = Encoding.UTF8.GetBytes("ada@example.com"),
            ["cart"] = Cart,
            [Counter] = Number(0),
        },
    };

    /// <summary>A change of a session that is there.</summary>
    public static SessionChange Change(Dictionary<string, byte[]?> values)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new() { Values = values, Modified = now, Expires = now + IdleTimeout, IdleTimeout = IdleTimeout };
    }

    public static byte[] Number(int number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
}
