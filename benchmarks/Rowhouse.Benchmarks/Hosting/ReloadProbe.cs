using System.Globalization;
using System.Runtime.Loader;
using System.Text.Json;
using Rowhouse.Benchmarks.Apps;
using Rowhouse.Hosting;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>Holds a server, reloads its app and counts what stays alive. Runs in a process of its own, so that nothing else counts.</summary>
internal sealed class ReloadProbe
{
    public const string Command = "reload-probe";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly HostingRoot _root;
    private readonly HttpClient _client;
    private readonly Dictionary<string, WeakReference> _instances = [];

    private ReloadProbe(HostingRoot root, HttpClient client)
    {
        _root = root;
        _client = client;
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new HostingRoot(arguments[0]);
        var reloads = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var overrides = new ServerConfigOverrides { Listeners = [ListenerUri.Parse("http://127.0.0.1:0")], Environment = "Production" };
        await using var server = RowhouseServer.Create(ServerConfigReader.Read(ServerRoot.At(root.Folder), overrides));
        var probe = new ReloadProbe(root, new HttpClient { Timeout = Limit });
        root.Save(DatabaseApp.Name, "appsettings.json", probe.Settings(0));
        await server.StartAsync().ConfigureAwait(false);
        probe._client.BaseAddress = new Uri(new Uri(server.Addresses[0]), DatabaseApp.Name + "/");
        var growth = await probe.ReloadAsync(reloads).ConfigureAwait(false);
        Console.WriteLine(JsonSerializer.Serialize(growth));
        await server.StopAsync().ConfigureAwait(false);
        return 0;
    }

    private string Settings(int number) => DatabaseApp.Settings(Path.Combine(_root.Folder, "data", "shop.sqlite"), number);

    private async Task<ReloadGrowth> ReloadAsync(int reloads)
    {
        ReloadSample? early = null;
        await AskAsync(0).ConfigureAwait(false);
        for (var reload = 1; reload <= reloads; reload++)
        {
            _root.Save(DatabaseApp.Name, "appsettings.json", Settings(reload));
            await AskAsync(reload).ConfigureAwait(false);
            if (reload == reloads / 3)
            {
                early = await SampleAsync(reload).ConfigureAwait(false);
            }
        }

        return new ReloadGrowth(early!, await SampleAsync(reloads).ConfigureAwait(false));
    }

    // The new instance answers, then does the work that fills the caches of MVC and EF Core.
    private async Task AskAsync(int number)
    {
        using var limit = new CancellationTokenSource(Limit);
        var wanted = number.ToString(CultureInfo.InvariantCulture);
        while (await GetAsync("number", limit.Token).ConfigureAwait(false) != wanted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token).ConfigureAwait(false);
        }

        Remember();
        for (var request = 1; request <= 3; request++)
        {
            Check(await GetAsync("", limit.Token).ConfigureAwait(false), "Customer 1");
            Check(await GetAsync($"Home/Edit/{request}", limit.Token).ConfigureAwait(false), "Name");
            using var form = new FormUrlEncodedContent([new("Name", $"Customer {request} v{number}")]);
            using var response = await _client.PostAsync(new Uri($"Home/Edit/{request}", UriKind.Relative), form, limit.Token).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
        }
    }

    private Task<string> GetAsync(string path, CancellationToken cancellationToken) => _client.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);

    private static void Check(string? body, string part)
    {
        if (body?.Contains(part, StringComparison.Ordinal) != true)
        {
            throw new InvalidOperationException($"The app did not answer with '{part}':\n{body}");
        }
    }

    private async Task<ReloadSample> SampleAsync(int reloads)
    {
        // A retired instance drains, stops and needs several collections; what is left after these has a holder.
        for (var attempt = 0; attempt < 20 && CountAlive() > 1; attempt++)
        {
            Collect();
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System).ConfigureAwait(false);
        }

        Collect();
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        return new ReloadSample(reloads, CountAlive(), Environment.WorkingSet, heap);
    }

    private int CountAlive() => _instances.Values.Count(instance => instance.IsAlive);

    // Noted while it serves: what is unloaded is no longer among AssemblyLoadContext.All, whether anything holds it or not.
    private void Remember()
    {
        foreach (var context in AssemblyLoadContext.All.Where(context => context.Name?.StartsWith(DatabaseApp.Name + "#", StringComparison.Ordinal) == true))
        {
            _instances.TryAdd(context.Name!, new WeakReference(context));
        }
    }

    private static void Collect()
    {
#pragma warning disable RS0030 // what is alive is the question
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
#pragma warning restore RS0030
        GC.WaitForPendingFinalizers();
    }
}
