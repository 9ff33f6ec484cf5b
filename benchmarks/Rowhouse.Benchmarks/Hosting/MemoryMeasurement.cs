using Rowhouse.Benchmarks.Apps;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>Many different small apps in one server, and some of them alone: the very same assemblies.</summary>
internal static class MemoryMeasurement
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    public static async Task<AppMemory> RunAsync(BenchmarkRun run)
    {
        var rowhouse = await run.Checkout.PublishAsync(run.CancellationToken).ConfigureAwait(false);
        var apps = Enumerable.Range(1, run.Choose(full: 100, quick: 20))
            .Select(number => new GeneratedApp($"app{number:000}", controllers: 2 + (number % 2), viewsPerController: 2))
            .ToList();

        // Kept from run to run: compiling them takes longer than measuring.
        var root = new HostingRoot(Path.Combine(run.Checkout.Cache, $"memory-{apps.Count}"));
        apps.ForEach(root.Add);
        run.Say($"Compiling {apps.Count} apps");
        await Tool.RunAsync("dotnet", [rowhouse, "apps", "build", "--root", root.Folder, .. apps.Select(app => app.Name)], root.Folder, run.CancellationToken).ConfigureAwait(false);

        var hosted = await MeasureHostedAsync(rowhouse, root, apps, run).ConfigureAwait(false);
        var empty = await MeasureHostedAsync(rowhouse, new HostingRoot(run, "memory-empty"), [], run).ConfigureAwait(false);
        var alone = await MeasureAloneAsync(rowhouse, root, apps.Take(run.Choose(full: 10, quick: 3)).ToList(), run).ConfigureAwait(false);
        return new AppMemory(
            apps.Count, empty.ResidentBytes, hosted.ResidentBytes, alone.Count, alone.Average(memory => memory.PrivateBytes), alone.Average(memory => memory.SharedBytes));
    }

    private static async Task<ProcessMemory> MeasureHostedAsync(string rowhouse, HostingRoot root, List<GeneratedApp> apps, BenchmarkRun run)
    {
        run.Say($"A server with {apps.Count} apps");
        await using var server = ServerProcess.StartRowhouse(rowhouse, root.Folder, "Production");
        foreach (var app in apps)
        {
            await server.WaitForAsync(app.PageAt(0, 0), run.CancellationToken).ConfigureAwait(false);
        }

        if (apps.Count == 0)
        {
            await WaitForAnyAnswerAsync(server, run).ConfigureAwait(false);
        }

        return await server.SettleAsync(run.Choose(Settling, Settling / 6), run.CancellationToken).ConfigureAwait(false);
    }

    private static async Task WaitForAnyAnswerAsync(ServerProcess server, BenchmarkRun run)
    {
        for (var isThere = false; !isThere;)
        {
            try
            {
                using var response = await server.Client.GetAsync(new Uri("none", UriKind.Relative), run.CancellationToken).ConfigureAwait(false);
                isThere = true;
            }
            catch (HttpRequestException)
            {
                await run.PauseAsync(TimeSpan.FromMilliseconds(20)).ConfigureAwait(false);
            }
        }
    }

    // All at once: what they share shows only then.
    private static async Task<List<ProcessMemory>> MeasureAloneAsync(string rowhouse, HostingRoot root, List<GeneratedApp> apps, BenchmarkRun run)
    {
        run.Say($"{apps.Count} processes");
        var servers = new List<ServerProcess>();
        try
        {
            foreach (var app in apps)
            {
                var server = ServerProcess.StartAlone(MakeAlone(rowhouse, FindAssembly(root, app), Path.Combine(run.Folder, "alone", app.Name)), root.AppFolder(app.Name));
                servers.Add(server);
                await server.WaitForAsync(app.PageWithin(0, 0), run.CancellationToken).ConfigureAwait(false);
            }

            foreach (var server in servers)
            {
                await server.SettleAsync(run.Choose(Settling, Settling / 10), run.CancellationToken).ConfigureAwait(false);
            }

            return servers.ConvertAll(server => server.Memory);
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    // The default program reads the app's configuration: alone, the app brings with it what the server has.
    private static string MakeAlone(string rowhouse, string assembly, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(assembly)!).Append(Path.Combine(Path.GetDirectoryName(rowhouse)!, "Rowhouse.Configuration.dll")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return Path.Combine(folder, Path.GetFileName(assembly));
    }

    private static string FindAssembly(HostingRoot root, GeneratedApp app) =>
        Directory.EnumerateFiles(Path.Combine(root.Folder, "data", app.Name, "build"), app.Name + ".dll", SearchOption.AllDirectories)
            .OrderByDescending(File.GetLastWriteTimeUtc)
            .First();
}
