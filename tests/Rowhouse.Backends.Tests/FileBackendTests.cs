namespace Rowhouse.Backends.Tests;

public sealed class FileBackendTests : IAsyncDisposable
{
    private readonly Places _places;
    private readonly BackendRegistry _registry = new();

    public FileBackendTests(Places places)
    {
        _places = places;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await _registry.CloseAsync();

    [Fact]
    public async Task A_file_is_written_found_and_deleted_and_leaves_nothing_behind()
    {
        var files = _registry.GetFiles(await _places.NewAsync("file"));

        Assert.Null(await files.FindAsync("deep/a", Stop));
        await files.WriteAsync("deep/a", "one"u8.ToArray(), Stop);
        await files.WriteAsync("deep/a", "two"u8.ToArray(), Stop);
        Assert.Equal("two"u8.ToArray(), await files.FindAsync("deep/a", Stop));
        Assert.Equal(["a"], Directory.GetFiles(Path.Combine(files.Folder, "deep")).Select(Path.GetFileName));
        await files.DeleteAsync("deep/a", Stop);
        await files.DeleteAsync("deep/a", Stop);
        Assert.Null(await files.FindAsync("deep/a", Stop));
    }

    [Fact]
    public async Task Whoever_reads_while_others_write_sees_one_content_whole()
    {
        var files = _registry.GetFiles(await _places.NewAsync("file"));
        var contents = Enumerable.Range(0, 8).Select(i => Enumerable.Repeat((byte)i, 20_000).ToArray()).ToArray();
        await files.WriteAsync("a", contents[0], Stop);

        var writing = Task.WhenAll(contents.Select(content => files.WriteAsync("a", content, Stop)));
        do
        {
            var seen = await files.FindAsync("a", Stop);
            Assert.Equal(20_000, seen!.Length);
            Assert.Single(seen.Distinct());
        }
        while (!writing.IsCompleted);
        await writing;
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_unavailable_and_a_file_that_is_not_there_is_an_answer()
    {
        var parent = _places.NewFolder();
        await File.WriteAllTextAsync(parent, "no folder", Stop);
        var files = _registry.GetFiles(ConnectionUri.Parse($"file:{parent}/cache"));

        Assert.Equal("RH4004", (await Assert.ThrowsAsync<BackendUnavailableException>(() => files.WriteAsync("a", "one"u8.ToArray(), Stop))).Code);
        Assert.NotNull(files.State.LastError);
        await Assert.ThrowsAsync<BackendUnavailableException>(() => files.WriteAsync("a", "one"u8.ToArray(), Stop));
        await Rowhouse.Tests.Eventually.HoldsAsync(() => files.State.Circuit != BackendCircuit.Closed, "it is not asked any more");
        File.Delete(parent);
        await Rowhouse.Tests.Eventually.HoldsAsync(() => files.State.Circuit == BackendCircuit.Closed, "the folder can be made, and is used again");

        await files.WriteAsync("deep/a", "one"u8.ToArray(), Stop);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await files.FindAsync("deep", Stop));
            await Assert.ThrowsAsync<FileNotFoundException>(() => files.CallAsync(_ => Task.FromResult(File.ReadAllText(files.PathOf("none"))), cancellationToken: Stop));
        }

        Assert.Equal(BackendCircuit.Closed, files.State.Circuit);
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData(".")]
    public async Task A_name_that_leads_out_of_the_folder_is_refused(string name)
    {
        var files = _registry.GetFiles(await _places.NewAsync("file"));

        Assert.Throws<ArgumentException>(() => files.PathOf(name));
    }
}
