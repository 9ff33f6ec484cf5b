using System.Text;
using Rowhouse.Backends.Memcached;

namespace Rowhouse.Backends.Tests.Memcached;

public sealed class ServerRingTests
{
    private const int Keys = 20_000;

    public static TheoryData<int, int> Farms => [.. from seed in Enumerable.Range(1, 5) from servers in new[] { 2, 3, 5, 10, 20 } select (seed, servers)];

    [Theory]
    [MemberData(nameof(Farms))]
    public void Each_server_has_about_its_share_of_the_keys(int seed, int servers)
    {
        var random = new Random(seed);
        var shares = Place(Names(random, servers), KeysOf(random)).CountBy(name => name).ToDictionary();

        Assert.Equal(servers, shares.Count);
        Assert.All(shares.Values, share => Assert.InRange(share * servers / (double)Keys, 0.65, 1.4));
    }

    [Theory]
    [MemberData(nameof(Farms))]
    public void A_server_that_is_added_takes_its_share_and_nothing_else_moves(int seed, int servers)
    {
        var random = new Random(seed);
        var names = Names(random, servers + 1);
        var added = names[^1];
        var keys = KeysOf(random);
        var before = Place(names[..^1], keys);
        var after = Place(names, keys);

        var moved = before.Zip(after).Where(pair => pair.First != pair.Second).ToList();

        Assert.All(moved, pair => Assert.Equal(added, pair.Second));
        Assert.InRange(moved.Count * (servers + 1) / (double)Keys, 0.65, 1.4);
    }

    [Theory]
    [MemberData(nameof(Farms))]
    public void The_order_in_which_the_servers_are_given_does_not_matter(int seed, int servers)
    {
        var random = new Random(seed);
        var names = Names(random, servers);
        var keys = KeysOf(random);
        var shuffled = names.ToArray();
        random.Shuffle(shuffled);

        Assert.Equal(Place(names, keys), Place(shuffled, keys));
    }

    // Nodes of different versions share a farm: a release that places keys elsewhere empties it and splits it while it is rolled out.
    [Fact]
    public void Keys_are_where_every_version_has_put_them()
    {
        string[] names = ["cache1:11211", "cache2:11211", "[::1]:11211", "unix:/run/memcached.sock"];
        string[] keys = ["", "a", "session:1", "session:2", "session:3", "page:/shop", "ключ", "user:42:cart"];

        Assert.Equal(
            "2 0 3 3 3 0 3 3",
            string.Join(' ', Place(names, keys).Select(name => Array.IndexOf(names, name))));
    }

    private static string[] Names(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(i => $"10.{random.Next(256)}.{random.Next(256)}.{i}:11211")];

    // Alike, as real keys are.
    private static string[] KeysOf(Random random)
    {
        var prefix = $"app{random.Next(100)}:user:";
        return [.. Enumerable.Range(0, Keys).Select(i => prefix + i)];
    }

    private static List<string> Place(string[] names, string[] keys)
    {
        var ring = new ServerRing(names);
        return [.. keys.Select(key => names[ring.Find(Encoding.UTF8.GetBytes(key))])];
    }
}
