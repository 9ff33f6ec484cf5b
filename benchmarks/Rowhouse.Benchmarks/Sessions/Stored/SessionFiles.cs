using Rowhouse.Backends;

namespace Rowhouse.Benchmarks.Sessions.Stored;

/// <summary>Copies the file of the first session, without waiting for the disk.</summary>
internal sealed class SessionFiles
{
    private readonly string _folder;
    private byte[]? _content;

    public SessionFiles(SessionPlace place, BackendRegistry registry)
    {
        _folder = registry.GetFiles(place.Uri).PathOf($"sessions/{place.App}");
    }

    public async Task CopyAsync(int from, int until)
    {
        _content ??= await File.ReadAllBytesAsync(PathOf(0)).ConfigureAwait(false);
        await Parallel.ForEachAsync(Enumerable.Range(from, until - from), async (number, token) =>
        {
            var path = PathOf(number);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, _content, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private string PathOf(int number)
    {
        var key = SampleSession.Key(number).ToString();
        return Path.Combine(_folder, key[..2], key[2..4], key);
    }
}
