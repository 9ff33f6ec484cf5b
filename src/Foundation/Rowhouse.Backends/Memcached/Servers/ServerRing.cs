using System.Globalization;
using System.Text;

namespace Rowhouse.Backends.Memcached;

/// <summary>
/// Consistent hashing, as ketama does it: each server has 160 points on a ring of 64-bit numbers, and a key belongs to the server of the next
/// point. A server that is added takes about its share of the keys from all others, and nothing else moves. The order of the servers does not
/// matter. The hash is FNV-1a with a finaliser, which is the same in every process, version and platform: every node of a farm has to agree.
/// </summary>
internal sealed class ServerRing
{
    public const int PointsPerServer = 160;

    private readonly ulong[] _points;
    private readonly int[] _servers;

    /// <param name="names">The servers' names, each once.</param>
    public ServerRing(IReadOnlyList<string> names)
    {
        _points = new ulong[names.Count * PointsPerServer];
        _servers = new int[_points.Length];
        for (var i = 0; i < _points.Length; i++)
        {
            var (server, number) = Math.DivRem(i, PointsPerServer);
            _points[i] = Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{names[server]}-{number}")));
            _servers[i] = server;
        }

        Array.Sort(_points, _servers);
    }

    /// <summary>The index of the server that has the key.</summary>
    public int Find(ReadOnlySpan<byte> key)
    {
        var at = Array.BinarySearch(_points, Hash(key));
        at = at < 0 ? ~at : at;
        return _servers[at == _points.Length ? 0 : at];
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in bytes)
        {
            hash = unchecked((hash ^ value) * 1099511628211UL);
        }

        // FNV leaves the upper bits of short, similar texts alike; MurmurHash3's finaliser spreads them over the ring.
        hash = unchecked((hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL);
        hash = unchecked((hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL);
        return hash ^ (hash >> 33);
    }
}
