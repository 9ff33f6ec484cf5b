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
