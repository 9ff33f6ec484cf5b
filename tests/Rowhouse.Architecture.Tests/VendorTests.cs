using System.Security.Cryptography;

namespace Rowhouse.Architecture.Tests;

public sealed class VendorTests
{
    [Fact]
    public void What_is_shipped_and_not_ours_is_byte_for_byte_what_its_list_says()
    {
        var folder = Path.Combine(Repository.Root, "vendor", "compilers");
        var listed = File.ReadAllLines(Path.Combine(folder, "SHA256SUMS")).Select(line => line.Split("  ")).ToDictionary(parts => parts[1], parts => parts[0]);
        var actual = Directory.EnumerateFiles(folder)
            .Where(file => Path.GetFileName(file) is not ("README.md" or "SHA256SUMS"))
            .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));

        Assert.Equal(listed.OrderBy(pair => pair.Key, StringComparer.Ordinal), actual.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }
}
