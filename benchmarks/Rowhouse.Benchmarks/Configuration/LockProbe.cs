using System.Diagnostics;
using System.Globalization;
using Rowhouse.Backends;
using Rowhouse.Configuration;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>A process that waits for a lock and then holds it until it is killed.</summary>
internal static class LockProbe
{
    public const string Command = "lock-probe";
    public const string Waits = "waits";
    public const string Lost = "lost";

    private const string Name = "till";

    /// <summary>For how long a lock outlives its holder.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    // A line with the backend; "waits"; token and time when it has the lock, in the ticks that all processes of a machine share; "lost" if it loses it.
    public static async Task<int> RunAsync()
    {
        var uri = ConnectionUri.Parse(await Console.In.ReadLineAsync().ConfigureAwait(false) ?? throw new InvalidOperationException("No backend was named."));
        var backend = BackendRegistry.Shared.Get(uri);
        await backend.CheckAsync().ConfigureAwait(false);
        Console.WriteLine(Waits);
        var acquiring = Locks.On(backend).AcquireAsync(Name, new LockOptions { Lease = Lease, Wait = TimeSpan.FromHours(1) });

        // The reader of the console is synchronous, whatever its methods are called.
        var ended = Task.Run(Console.In.ReadLine);
        if (await Task.WhenAny(acquiring, ended).ConfigureAwait(false) == ended)
        {
            return 0;
        }

        var lease = await acquiring.ConfigureAwait(false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lease.FencingToken} {Stopwatch.GetTimestamp()}"));
        var lost = new TaskCompletionSource();
        await using (lease.Lost.Register(lost.SetResult).ConfigureAwait(false))
        {
            if (await Task.WhenAny(lost.Task, ended).ConfigureAwait(false) == lost.Task)
            {
                Console.WriteLine(Lost);
            }
        }

        return 0;
    }
}
