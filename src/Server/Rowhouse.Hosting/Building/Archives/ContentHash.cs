using System.Security.Cryptography;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>
/// The hash of a set of files: the SHA-256 of what <c>sha256sum</c> prints for them in the ordinal order of their names.
/// It does not depend on the order in which the files are added.
/// </summary>
internal sealed class ContentHash
{
    private readonly SortedDictionary<string, string> _hashes = new(StringComparer.Ordinal);

    public void Add(string name, byte[] sha256) => _hashes.Add(name, Convert.ToHexStringLower(sha256));

    public string Finish()
    {
        var lines = new StringBuilder();
        foreach (var (name, hash) in _hashes)
        {
            lines.Append(hash).Append("  ").Append(name).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }
}
