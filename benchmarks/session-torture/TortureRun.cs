using Rowhouse.SessionTorture.Clients;
using Rowhouse.SessionTorture.Servers;

namespace Rowhouse.SessionTorture;

/// <summary>One run: clients and chaos side by side, then a look at what is there.</summary>
internal static class TortureRun
{
    public static async Task<TortureReport> RunAsync(TortureOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("rowhouse-torture-").FullName;
        try
        {
            await using var backend = await TortureBackend.StartAsync(options.Backend, folder);
            await using var farm = await ServerFarm.StartAsync(options.Processes, backend.Uri, folder, options.IsStock ? NodeApp.Stock : NodeApp.Ours);
            return await RunAsync(options, backend, farm, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<TortureReport> RunAsync(TortureOptions options, TortureBackend backend, ServerFarm farm, CancellationToken cancellationToken)
    {
        var (tally, chaos) = (new Tally(), new Chaos(farm, backend, options));
        using var client = new FarmClient(farm, tally);
        var sessions = await Task.WhenAll(Enumerable.Range(0, options.Sessions).Select(number => client.BeginAsync(number, backend.SeenLasts)));
        var clients = Enumerable.Range(0, options.Clients).Select(number => new TortureClient(number, sessions, client, tally, options.Seed + number)).ToList();

        using (var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            ended.CancelAfter(options.Duration);
            var torture = chaos.RunAsync(ended.Token);

            // To the end of the chaos, which may be later.
            using var quiet = new CancellationTokenSource();
            var asking = Task.WhenAll(clients.Select(one => Task.Run(() => one.RunAsync(quiet.Token), CancellationToken.None)));
            await torture;
            await quiet.CancelAsync();
            await asking;
        }

        cancellationToken.ThrowIfCancellationRequested();
        foreach (var session in sessions)
        {
            var known = session.Know();
            session.Check(await client.ReadAsync(session, cancellationToken), known, "in the end", tally);
        }

        return new TortureReport(options, tally, chaos);
    }
}
