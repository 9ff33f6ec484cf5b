namespace Rowhouse.Hosting.Tests;

public sealed class ArchiveRefusalTests : IDisposable
{
    private readonly TemporaryRoot _temp = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_archive_is_not_refused()
    {
        var path = _temp.Write("good.rha", ArchiveSamples.Zip(
            new("wwwroot/", "") { UnixMode = 0x41ED },
            new("wwwroot/.well-known/security.txt", "Contact: mailto:security@example.com"),
            new("wwwroot/größe.txt", "ä") { UnixMode = 0x81A4 },
            RawZipEntry.Deflated("big.txt", new byte[100_000])).ToBytes());

        var manifest = await AppArchiveReader.InspectAsync(path, cancellationToken: Token);

        Assert.Equal("shop", manifest.Name);
        Assert.Equal("shop.dll", manifest.EntryAssembly);
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("wwwroot/../../evil.txt")]
    [InlineData("..")]
    [InlineData("./evil.txt")]
    [InlineData("/etc/evil.txt")]
    [InlineData("//server/share/evil.txt")]
    [InlineData("C:/evil.txt")]
    [InlineData("C:evil.txt")]
    [InlineData("wwwroot\\evil.txt")]
    [InlineData("..\\evil.txt")]
    [InlineData("wwwroot//evil.txt")]
    [InlineData("wwwroot//")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("evil\0.txt")]
    [InlineData("evil\n.txt")]
    [InlineData("evil.txt:stream")]
    [InlineData("evil.")]
    [InlineData("evil ")]
    [InlineData("wwwroot /evil.txt")]
    [InlineData("wwwroot/nul")]
    [InlineData("wwwroot/Con.txt")]
    [InlineData("COM1.tar.gz")]
    [InlineData("lpt9/evil.txt")]
    [InlineData("what?.txt")]
    public async Task A_name_that_is_unsafe_on_any_system_is_refused(string name) =>
        await RefusesAsync("RH1307", ArchiveSamples.Zip(new RawZipEntry(name, "x")));

    [Fact]
    public async Task An_overlong_name_is_refused() =>
        await RefusesAsync("RH1307", ArchiveSamples.Zip(new RawZipEntry("wwwroot/" + new string('a', 233), "x")), "240");

    [Fact]
    public async Task A_name_that_is_not_utf8_is_refused() =>
        await RefusesAsync("RH1307", ArchiveSamples.Zip(new RawZipEntry("x.txt", "x") { NameBytes = [0x61, 0xC3, 0x28] }));

    [Theory]
    [InlineData("private/appconfig.ini")]
    [InlineData("Private/appconfig.ini")]
    [InlineData("private/")]
    [InlineData("data/sessions/1")]
    [InlineData("bin/shop.dll")]
    [InlineData("obj/x")]
    [InlineData(".git/config")]
    [InlineData("wwwroot/.htpasswd")]
    [InlineData("wwwroot/.well-known/.hidden")]
    [InlineData("DISABLED")]
    [InlineData("rowhouse.ini")]
    public async Task What_belongs_to_the_server_or_is_hidden_is_refused(string name) =>
        await RefusesAsync("RH1312", ArchiveSamples.Zip(new RawZipEntry(name, name.EndsWith('/') ? "" : "x")), name);

    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("a.txt", "A.TXT")]
    [InlineData("SHOP.dll", null)]
    [InlineData("ROWHOUSE.json", null)]
    [InlineData("shop.dll/inside.txt", null)]
    [InlineData("Shop.DLL/deep/inside.txt", null)]
    [InlineData("wwwroot", "wwwroot/")]
    [InlineData("gro\u0308sse.txt", "gr\u00F6sse.txt")]
    public async Task Two_entries_that_would_become_one_file_are_refused(string name, string? other)
    {
        RawZipEntry[] entries = [new(name, "x"), .. other is null ? [] : new[] { new RawZipEntry(other, other.EndsWith('/') ? "" : "x") }];

        await RefusesAsync("RH1311", ArchiveSamples.Zip(entries));
    }

    [Theory]
    [InlineData(0xA1FF, "symbolic link")]
    [InlineData(0x11A4, "special file")]
    [InlineData(0x21A4, "special file")]
    [InlineData(0x61A4, "special file")]
    [InlineData(0xC1A4, "special file")]
    [InlineData(0x41ED, "folder")]
    public async Task Anything_but_files_and_folders_is_refused(int mode, string word) =>
        await RefusesAsync("RH1308", ArchiveSamples.Zip(new RawZipEntry("wwwroot/x", "/etc/passwd") { UnixMode = mode }), word);

    [Theory]
    [InlineData(0x0801)]
    [InlineData(0x0841)]
    [InlineData(0x2801)]
    public async Task An_encrypted_entry_is_refused(int flags) =>
        await RefusesAsync("RH1310", ArchiveSamples.Zip(new RawZipEntry("x.txt", "secret") { Flags = (ushort)flags }), "encrypted");

    [Theory]
    [InlineData(9)]
    [InlineData(12)]
    [InlineData(93)]
    public async Task Another_method_of_packing_is_refused(int method) =>
        await RefusesAsync("RH1310", ArchiveSamples.Zip(new RawZipEntry("x.txt", "x") { Method = (ushort)method }), "x.txt");

    [Theory]
    [InlineData("", "RH1304")]
    [InlineData("hello", "RH1304")]
    [InlineData("[]", "RH1304")]
    [InlineData("{}", "RH1304")]
    [InlineData("""{"format":"1"}""", "RH1304")]
    [InlineData("""{"format":1}""", "RH1304")]
    [InlineData("""{"format":1,"format":1}""", "RH1304")]
    [InlineData("""{"format":1,"name":"\ud800","entryAssembly":"shop.dll","runtime":"10.0","contentHash":""}""", "RH1304")]
    [InlineData("""{"format":1,"name":"../x","entryAssembly":"shop.dll","runtime":"10.0","contentHash":""}""", "RH1304")]
    [InlineData("""{"format":1,"name":"shop","entryAssembly":"../shop.dll","runtime":"10.0","contentHash":""}""", "RH1304")]
    [InlineData("""{"format":1,"name":"shop","entryAssembly":"shop.exe","runtime":"10.0","contentHash":""}""", "RH1304")]
    [InlineData("""{"format":1,"name":"shop","entryAssembly":"shop.dll","runtime":"ten","contentHash":""}""", "RH1304")]
    [InlineData("""{"format":1,"name":"shop","entryAssembly":"shop.dll","runtime":10,"contentHash":""}""", "RH1304")]
    [InlineData("""{"format":2,"somethingNew":true}""", "RH1305")]
    [InlineData("""{"format":1e9}""", "RH1305")]
    [InlineData("""{"format":1,"name":"shop","entryAssembly":"shop.dll","runtime":"99.0","contentHash":""}""", "RH1306")]
    [InlineData("""{"format":1,"name":"shop","entryAssembly":"other.dll","runtime":"10.0","contentHash":""}""", "RH1313")]
    [InlineData("""{"format":1,"name":"shop","entryAssembly":"shop.dll","runtime":"10.0","contentHash":"0123"}""", "RH1314")]
    public async Task A_manifest_that_does_not_fit_is_refused(string json, string code) =>
        await RefusesAsync(code, ArchiveSamples.ZipWithManifest(json));

    [Fact]
    public async Task An_app_for_an_older_runtime_is_taken()
    {
        var path = _temp.Write("old.rha", ArchiveSamples.ZipOf(ArchiveSamples.Manifest with { Runtime = "8.0" }).ToBytes());

        Assert.Equal("8.0", (await AppArchiveReader.InspectAsync(path, cancellationToken: Token)).Runtime);
    }

    [Fact]
    public async Task An_archive_without_a_manifest_as_its_first_entry_is_refused()
    {
        var good = ArchiveSamples.Zip();

        await RefusesAsync("RH1304", new RawZip([.. good.Entries.Reverse()]));
        await RefusesAsync("RH1304", new RawZip(good.Entries[1..]));
        await RefusesAsync("RH1304", new RawZip([]));
        await RefusesAsync("RH1304", ArchiveSamples.ZipWithManifest(new string(' ', 70_000)), "70000");
    }

    [Fact]
    public async Task A_missing_runtimeconfig_is_refused_before_the_app_would_fail_to_start() =>
        await RefusesAsync("RH1313", new RawZip([.. ArchiveSamples.Zip().Entries.Where(entry => entry.Name != "shop.runtimeconfig.json")]), "shop.runtimeconfig.json");

    [Fact]
    public async Task A_missing_file_and_a_folder_are_refused()
    {
        await RefusesAsync("RH1301", _temp.In("nowhere.rha"));
        await RefusesAsync("RH1301", _temp.Folder);
        await RefusesAsync("RH1301", "a\0b");
    }

    [Fact]
    public async Task What_is_not_a_zip_is_refused()
    {
        await RefusesAsync("RH1302", _temp.Write("empty.rha", ""));
        await RefusesAsync("RH1302", _temp.Write("text.rha", new string('x', 100_000)));
        await RefusesAsync("RH1302", _temp.Write("gzip.rha", [0x1F, 0x8B, .. new byte[500]]));
    }

    public void Dispose() => _temp.Dispose();

    private Task RefusesAsync(string code, RawZip zip, string word = "") => RefusesAsync(code, _temp.Write("bad.rha", zip.ToBytes()), word);

    private async Task RefusesAsync(string code, string path, string word = "")
    {
        var inspected = await Assert.ThrowsAsync<RowhouseException>(() => AppArchiveReader.InspectAsync(path, cancellationToken: Token));
        var installed = await Assert.ThrowsAsync<RowhouseException>(() => AppInstaller.InstallAsync(_temp.Root, path, cancellationToken: Token));

        Assert.Equal(code, inspected.Code);
        Assert.Equal(code, installed.Code);
        Assert.Contains(path, inspected.Message, StringComparison.Ordinal);
        Assert.Contains(word, inspected.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', inspected.Message);
        Assert.Empty(_temp.Applications);
        Assert.False(File.Exists(Path.Combine(_temp.Folder, "evil.txt")));
    }
}
