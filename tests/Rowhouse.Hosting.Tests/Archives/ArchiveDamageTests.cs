namespace Rowhouse.Hosting.Tests;

public sealed class ArchiveDamageTests : IDisposable
{
    private static readonly ArchiveLimits Small = new() { MaxEntries = 10, MaxEntryBytes = 5_000_000, MaxTotalBytes = 8_000_000 };

    private readonly TemporaryRoot _temp = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_archive_cut_off_anywhere_is_refused_and_touches_nothing()
    {
        var whole = await File.ReadAllBytesAsync(await _temp.PackAsync("1"), Token);

        for (var length = 0; length < whole.Length; length += length < whole.Length - 200 ? 7 : 1)
        {
            var path = _temp.Write("cut.rha", whole[..length]);
            var error = await Assert.ThrowsAsync<RowhouseException>(() => AppInstaller.InstallAsync(_temp.Root, path, cancellationToken: Token));
            Assert.StartsWith("RH13", error.Code, StringComparison.Ordinal);
        }

        Assert.Empty(_temp.Applications);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Garbage_in_an_archive_is_refused_or_harmless(int seed)
    {
        var whole = await File.ReadAllBytesAsync(await _temp.PackAsync("1"), Token);
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < 400; i++)
        {
            var bytes = Mutate(whole, random);
            var path = _temp.Write("mutated.rha", bytes);
            try
            {
                await AppInstaller.InstallAsync(_temp.Root, path, cancellationToken: Token);
            }
            catch (RowhouseException e)
            {
                Assert.StartsWith("RH13", e.Code, StringComparison.Ordinal);
                Assert.Empty(_temp.Applications);
                refused++;
                continue;
            }

            // Only times and the like changed: then the app is the one that was packed.
            var app = Assert.Single(Directory.GetDirectories(_temp.Root.Applications));
            Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(app, "version.txt"), Token));
            AppInstaller.Remove(_temp.Root, Path.GetFileName(app));
        }

        Assert.InRange(refused, 200, 400);
    }

    [Fact]
    public async Task A_changed_byte_of_a_file_is_noticed()
    {
        await RefusesAsync("RH1303", ArchiveSamples.Zip(new RawZipEntry("x.txt", "good") { Packed = "evil"u8.ToArray() }), "x.txt");
        await RefusesAsync("RH1303", ArchiveSamples.Zip(new RawZipEntry("x.txt", "good") { Crc = 1 }), "CRC");
        await RefusesAsync("RH1303", ArchiveSamples.Zip(new RawZipEntry("x.txt", "good") { Method = 8, Packed = [0xFF, 0xFF, 0xFF, 0xFF] }));
        await RefusesAsync("RH1303", ArchiveSamples.Zip(RawZipEntry.Deflated("x.txt", new byte[5000]) with { Bytes = 5001 }), "5001");
        await RefusesAsync("RH1303", ArchiveSamples.Zip(new RawZipEntry("x.txt", "good") { Bytes = 3 }));
    }

    [Fact]
    public async Task A_bomb_is_refused_by_what_it_announces()
    {
        await RefusesAsync("RH1309", ArchiveSamples.Zip(RawZipEntry.Deflated("zeros", new byte[4_000_000])), "200");
        await RefusesAsync("RH1309", ArchiveSamples.Zip(new RawZipEntry("x", "x") { Method = 8, Bytes = 5_000_001, Packed = new byte[100_000] }), "5000000");
        await RefusesAsync("RH1309", ArchiveSamples.Zip(Noise("a"), Noise("b"), Noise("c")), "8000000");
        await RefusesAsync("RH1309", ArchiveSamples.Zip([.. Enumerable.Range(0, 8).Select(i => new RawZipEntry($"{i}.txt", "x"))]), "11 entries");
    }

    [Fact]
    public async Task A_bomb_that_announces_less_than_it_holds_is_stopped_where_it_goes_on() =>
        await RefusesAsync("RH1303", ArchiveSamples.Zip(RawZipEntry.Deflated("zeros", new byte[4_000_000]) with { Bytes = 1000 }), "more than the 1000 bytes");

    [Fact]
    public async Task Entries_that_share_their_bytes_are_refused()
    {
        var good = ArchiveSamples.Zip();
        var twice = good.Entries[1] with { SharesWith = 1 };

        await RefusesAsync("RH1302", new RawZip([.. good.Entries, twice]), "shares bytes");
    }

    [Fact]
    public async Task A_directory_that_disagrees_with_the_file_is_refused()
    {
        var good = ArchiveSamples.Zip(new RawZipEntry("x.txt", "x"));

        await RefusesAsync("RH1302", good with { Count = 3 });
        await RefusesAsync("RH1302", good with { Count = 5 });
        await RefusesAsync("RH1302", good with { DirectoryOffset = 0 });
        await RefusesAsync("RH1302", good with { DirectoryOffset = uint.MaxValue }, "zip64");
        await RefusesAsync("RH1302", good with { Disk = 1 }, "split");
        await RefusesAsync("RH1302", ArchiveSamples.Zip(new RawZipEntry("x.txt", "x") { LocalNameBytes = "y.txt"u8.ToArray() }), "disagree");
        await RefusesAsync("RH1302", ArchiveSamples.Zip(new RawZipEntry("x.txt", "x") { PackedBytes = 1000, Bytes = 1000, Method = 8 }), "behind the start");
        await RefusesAsync("RH1302", ArchiveSamples.Zip(new RawZipEntry("x.txt", "x") { PackedBytes = uint.MaxValue }), "zip64");
        await RefusesAsync("RH1302", _temp.Write("before.rha", [0, .. good.ToBytes()]));
        await RefusesAsync("RH1302", _temp.Write("behind.rha", [.. good.ToBytes(), 0]));
    }

    [Fact]
    public async Task A_comment_does_no_harm()
    {
        var path = _temp.Write("comment.rha", (ArchiveSamples.Zip() with { Comment = new byte[65_535] }).ToBytes());

        Assert.Equal("shop", (await AppArchiveReader.InspectAsync(path, cancellationToken: Token)).Name);
    }

    public void Dispose() => _temp.Dispose();

    private static RawZipEntry Noise(string name)
    {
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        return new RawZipEntry(name, bytes);
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        var bytes = (byte[])whole.Clone();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            // Half of the changes hit the directory, where they do most.
            var at = random.Next(2) == 0 ? random.Next(bytes.Length) : bytes.Length - 1 - random.Next(400);
            bytes[at] = random.Next(3) == 0 ? (byte)255 : (byte)random.Next(256);
        }

        return random.Next(10) switch
        {
            0 => [.. bytes[..random.Next(bytes.Length)], .. bytes[random.Next(bytes.Length)..]],
            1 => [.. bytes, .. bytes],
            _ => bytes,
        };
    }

    private Task RefusesAsync(string code, RawZip zip, string word = "") => RefusesAsync(code, _temp.Write("bad.rha", zip.ToBytes()), word);

    private async Task RefusesAsync(string code, string path, string word = "")
    {
        var error = await Assert.ThrowsAsync<RowhouseException>(
            () => AppInstaller.InstallAsync(_temp.Root, path, Small, name: null, overwrite: false, progress: null, Token));

        Assert.Equal(code, error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Empty(_temp.Applications);
    }
}
