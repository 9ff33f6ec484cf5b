using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Building;

/// <summary>Builds are kept in <c>data/NAME/build/</c>, named by the hash of what went in.</summary>
public sealed class BuildCacheTests : IDisposable
{
    private readonly TestRoot _root = new();

    public static TheoryData<string> Damages => ["truncated", "emptied", "overwritten", "deleted", "no manifest", "bad manifest"];

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_second_server_on_the_root_compiles_nothing()
    {
        _root.WriteApp("shop", "one");
        await RunAsync("shop", "one", "built now");
        var build = Assert.Single(Builds("shop"));
        var before = Stamps(build);

        await RunAsync("shop", "one", "built before");

        Assert.Equal([build], Builds("shop"));
        Assert.Equal(before, Stamps(build));
    }

    [Fact]
    public async Task A_changed_source_makes_another_build_and_going_back_finds_the_old_one()
    {
        _root.WriteApp("shop", "one");
        await using var server = await TestServer.StartAsync(_root);
        Assert.Equal("one", await server.GetTextAsync("/shop/"));
        var first = Assert.Single(Builds("shop"));

        _root.WriteApp("shop", "two");
        await server.WaitForTextAsync("/shop/", "two");
        Assert.Equal(2, Builds("shop").Count);
        Assert.Contains(first, Builds("shop"));

        _root.WriteApp("shop", "one");
        await server.WaitForTextAsync("/shop/", "one");
        Assert.Equal(2, Builds("shop").Count);
        Assert.EndsWith("(built before).", server.Log.Entries.Last(entry => entry.Message.Contains("serves after", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_builds_are_deleted_and_what_a_crash_left_behind()
    {
        _root.WriteApp("shop", "0");
        await using var server = await TestServer.StartAsync(_root);
        Assert.Equal("0", await server.GetTextAsync("/shop/"));
        var first = Assert.Single(Builds("shop"));
        var left = Directory.CreateDirectory(Path.Combine(_root.Root.BuildsOf("shop"), $".{Path.GetFileName(first)}.{Guid.NewGuid():N}")).FullName;
        Directory.SetLastWriteTimeUtc(left, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));

        for (var number = 1; number <= 6; number++)
        {
            _root.WriteApp("shop", $"{number}");
            await server.WaitForTextAsync("/shop/", $"{number}");
        }

        await Eventually.HoldsAsync(() => Builds("shop").Count == 5 && !Directory.Exists(first), "five builds are kept");
        await Eventually.HoldsAsync(() => !Directory.Exists(left), "what the crash left behind is gone");
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_build_is_made_again(string damage)
    {
        _root.WriteApp("shop", "one");
        await RunAsync("shop", "one", "built now");
        var build = Assert.Single(Builds("shop"));

        Damage(build, damage);

        await RunAsync("shop", "one", "built now");
        await RunAsync("shop", "one", "built before");
    }

    private static void Damage(string build, string damage)
    {
        var assembly = Path.Combine(build, "shop.dll");
        var content = File.ReadAllBytes(assembly);
        var manifest = Path.Combine(build, "build.json");
        switch (damage)
        {
            case "truncated":
                Replace(assembly, content[..1000]);
                break;
            case "emptied":
                Replace(assembly, []);
                break;
            case "overwritten":
                // As after a power cut: the length is right, the content never reached the disk.
                Replace(assembly, new byte[content.Length]);
                break;
            case "deleted":
                File.Delete(Path.Combine(build, "shop.runtimeconfig.json"));
                break;
            case "no manifest":
                File.Delete(manifest);
                break;
            default:
                File.WriteAllText(manifest, File.ReadAllText(manifest)[..10]);
                break;
        }
    }

    // The file itself may still be mapped into memory by this process.
    private static void Replace(string file, byte[] content)
    {
        File.Delete(file);
        File.WriteAllBytes(file, content);
    }

    private async Task RunAsync(string app, string answer, string how)
    {
        await using var server = await TestServer.StartAsync(_root, "Production");
        Assert.Equal(answer, await server.GetTextAsync($"/{app}/"));
        Assert.Contains(server.Log.Entries, entry => entry.Message.StartsWith($"{app}: instance 1 serves", StringComparison.Ordinal) && entry.Message.EndsWith($"({how}).", StringComparison.Ordinal));
        Assert.Empty(server.Log.Errors);
    }

    private List<string> Builds(string app) =>
        [.. Directory.EnumerateDirectories(_root.Root.BuildsOf(app)).Where(folder => !Path.GetFileName(folder).StartsWith('.'))];

    private static List<(string File, DateTime Written, long Length)> Stamps(string build) =>
        [.. new DirectoryInfo(build).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => (file.FullName, file.LastWriteTimeUtc, file.Length)).Order()];
}
