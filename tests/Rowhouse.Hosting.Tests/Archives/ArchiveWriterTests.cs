using System.IO.Compression;

namespace Rowhouse.Hosting.Tests;

public sealed class ArchiveWriterTests : IDisposable
{
    private readonly TemporaryRoot _temp = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_app_packed_elsewhere_and_later_gives_the_same_bytes()
    {
        string[] files = ["b.dll", "B2.dll", "a.dll", "wwwroot/ü.txt", "wwwroot/z/1", "wwwroot/a"];
        Build("one", files, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc), (UnixFileMode)0b110_000_000);
        Build("elsewhere/two", [.. files.Reverse()], new DateTime(2031, 2, 3, 4, 5, 7, DateTimeKind.Utc), (UnixFileMode)0b111_111_111);

        var first = await AppArchiveWriter.WriteAsync(_temp.In("one"), _temp.In("one.rha"), ArchiveSamples.Manifest, cancellationToken: Token);
        var second = await AppArchiveWriter.WriteAsync(_temp.In("elsewhere/two"), _temp.In("2.rha"), ArchiveSamples.Manifest, cancellationToken: Token);

        Assert.Equal(first, second);
        Assert.Equal(await File.ReadAllBytesAsync(_temp.In("one.rha"), Token), await File.ReadAllBytesAsync(_temp.In("2.rha"), Token));
    }

    [Fact]
    public async Task An_archive_is_an_ordinary_zip_with_the_manifest_first_and_the_rest_in_ordinal_order()
    {
        var archive = await _temp.PackAsync("1");

        await using var zip = await ZipFile.OpenReadAsync(archive, Token);
        Assert.Equal(["rowhouse.json", "shop.dll", "shop.runtimeconfig.json", "version.txt", "wwwroot/css/site.css"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry =>
        {
            Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime);
            Assert.Equal(0x81A4, entry.ExternalAttributes >>> 16);
        });
    }

    [Fact]
    public async Task What_is_packed_can_be_inspected_and_says_what_the_writer_said()
    {
        _temp.WriteBuiltApp("built", "1");

        var written = await AppArchiveWriter.WriteAsync(_temp.In("built"), _temp.In("shop.rha"), ArchiveSamples.Manifest, cancellationToken: Token);

        Assert.Equal(written, await AppArchiveReader.InspectAsync(_temp.In("shop.rha"), cancellationToken: Token));
        Assert.Equal(64, written.ContentHash.Length);
    }

    [Fact]
    public async Task Secrets_data_and_leftovers_are_not_packed()
    {
        _temp.WriteBuiltApp("built", "1");
        foreach (var name in new[] { "private/appconfig.ini", "data/x", "bin/x", "obj/x", ".git/config", ".env", "wwwroot/.htaccess", "DISABLED", "rowhouse.ini", "rowhouse.json" })
        {
            _temp.Write("built/" + name, "secret");
        }

        _temp.Write("built/wwwroot/.well-known/security.txt", "Contact:");
        _temp.Write("built/wwwroot/data/x.txt", "served");
        _temp.Write("built/shop.rha", "the one before");

        await AppArchiveWriter.WriteAsync(_temp.In("built"), _temp.In("built/shop.rha"), ArchiveSamples.Manifest, cancellationToken: Token);

        await using var zip = await ZipFile.OpenReadAsync(_temp.In("built/shop.rha"), Token);
        Assert.Equal(
            ["rowhouse.json", "shop.dll", "shop.runtimeconfig.json", "version.txt", "wwwroot/.well-known/security.txt", "wwwroot/css/site.css", "wwwroot/data/x.txt"],
            zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task A_file_that_packs_like_a_bomb_is_stored_and_can_be_installed()
    {
        _temp.WriteBuiltApp("built", "1");
        _temp.Write("built/zeros.bin", new byte[3_000_000]);

        await AppArchiveWriter.WriteAsync(_temp.In("built"), _temp.In("shop.rha"), ArchiveSamples.Manifest, cancellationToken: Token);
        var app = await AppInstaller.InstallAsync(_temp.Root, _temp.In("shop.rha"), cancellationToken: Token);

        Assert.Equal(3_000_000, new FileInfo(Path.Combine(app.Path, "zeros.bin")).Length);
    }

    [Fact]
    public async Task Packing_reports_its_progress_up_to_the_end()
    {
        var progress = new RecordedProgress();

        await AppArchiveWriter.WriteAsync(_temp.WriteBuiltApp("built", "1"), _temp.In("shop.rha"), ArchiveSamples.Manifest, progress, Token);

        Assert.Equal(progress.Values.Order(), progress.Values);
        Assert.Equal(1, progress.Values[^1]);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_packed_is_refused_and_leaves_no_file()
    {
        await RefusesAsync("RH1316", "nowhere");

        _temp.Write("empty/readme.txt", "x");
        await RefusesAsync("RH1313", "empty");

        File.CreateSymbolicLink(Path.Combine(_temp.WriteBuiltApp("link", "1"), "passwd"), "/etc/passwd");
        await RefusesAsync("RH1316", "link");

        _temp.Write(Path.Combine(_temp.WriteBuiltApp("case", "1"), "wwwroot/CSS/SITE.css"), "x");
        await RefusesAsync("RH1311", "case");

        _temp.Write(Path.Combine(_temp.WriteBuiltApp("names", "1"), "wwwroot/a\\b"), "x");
        await RefusesAsync("RH1316", "names");
    }

    [Fact]
    public async Task A_manifest_that_installing_would_refuse_is_not_written()
    {
        var folder = _temp.WriteBuiltApp("built", "1");
        ArchiveManifest[] bad =
        [
            ArchiveSamples.Manifest with { Name = "../shop" },
            ArchiveSamples.Manifest with { EntryAssembly = "sub/shop.dll" },
            ArchiveSamples.Manifest with { Runtime = "10.0.1" },
        ];

        foreach (var manifest in bad)
        {
            var error = await Assert.ThrowsAsync<RowhouseException>(() => AppArchiveWriter.WriteAsync(folder, _temp.In("shop.rha"), manifest, cancellationToken: Token));
            Assert.Equal("RH1304", error.Code);
        }
    }

    [Fact]
    public async Task A_cancelled_packing_leaves_the_old_archive_and_nothing_else()
    {
        var folder = _temp.WriteBuiltApp("built", "1");
        var archive = _temp.Write("out/shop.rha", "the one before");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => AppArchiveWriter.WriteAsync(folder, archive, ArchiveSamples.Manifest, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal([archive], Directory.GetFileSystemEntries(_temp.In("out")));
        Assert.Equal("the one before", await File.ReadAllTextAsync(archive, Token));
    }

    public void Dispose() => _temp.Dispose();

    private void Build(string folder, string[] files, DateTime time, UnixFileMode mode)
    {
        foreach (var file in files.Append("shop.dll").Append("shop.runtimeconfig.json"))
        {
            var path = _temp.Write($"{folder}/{file}", $"content of {file}");
            File.SetLastWriteTimeUtc(path, time);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, mode | UnixFileMode.UserRead);
            }
        }
    }

    private async Task RefusesAsync(string code, string folder)
    {
        var error = await Assert.ThrowsAsync<RowhouseException>(
            () => AppArchiveWriter.WriteAsync(_temp.In(folder), _temp.In("out.rha"), ArchiveSamples.Manifest, cancellationToken: Token));

        Assert.Equal(code, error.Code);
        Assert.Empty(Directory.GetFiles(_temp.Folder));
    }
}
