using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rowhouse.Backends.Tests.Nodes;

/// <summary>What a node does.</summary>
internal static class NodeRoles
{
    public const string HoldLock = "hold-lock";
    public const string ShareKeys = "share-keys";
    public const string Purpose = "greeting";

    public static Task<int> RunAsync(string role, string[] arguments) => role switch
    {
        HoldLock => HoldLockAsync(ConnectionUri.Parse(arguments[0]), arguments[1], int.Parse(arguments[2], CultureInfo.InvariantCulture)),
        ShareKeys => ShareKeysAsync(ConnectionUri.Parse(arguments[0])),
        _ => Task.FromResult(2),
    };

    // Takes the lock, prints its token, and "lost" if it is lost.
    private static async Task<int> HoldLockAsync(ConnectionUri uri, string name, int leaseMillis)
    {
        var locks = Backends.Locks.On(BackendRegistry.Shared.Get(uri));
        await using var lease = await locks.AcquireAsync(name, new LockOptions { Lease = TimeSpan.FromMilliseconds(leaseMillis) });
        Console.WriteLine(lease.FencingToken.ToString(CultureInfo.InvariantCulture));
        var lost = new TaskCompletionSource();
        await using (lease.Lost.Register(lost.SetResult))
        {
            await lost.Task;
        }

        Console.WriteLine("lost");
        await lease.DisposeAsync();
        Console.WriteLine("disposed");
        return 0;
    }

    // Is ready, waits for the word, starts an app, and prints what it protected and the keys that it knows.
    private static async Task<int> ShareKeysAsync(ConnectionUri uri)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = Path.GetTempPath() });
        builder.Services.AddLogging();
        builder.Services.AddRowhouseKeys(options => (options.Uri, options.AppName) = (uri, "shop"));
        using var host = builder.Build();
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync();
        await host.StartAsync();
        Console.WriteLine(host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose).Protect("hello"));
        Console.WriteLine(string.Join(',', host.Services.GetRequiredService<IKeyManager>().GetAllKeys().Select(key => key.KeyId)));
        await host.StopAsync();
        return 0;
    }
}
