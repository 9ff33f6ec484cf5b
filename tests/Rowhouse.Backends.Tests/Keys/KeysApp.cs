using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rowhouse.Backends.Tests.Nodes;
using Rowhouse.Tests;

namespace Rowhouse.Backends.Tests.Keys;

/// <summary>An app that shares keys, as one node has it.</summary>
internal sealed class KeysApp : IAsyncDisposable
{
    private readonly IHost _host;

    private KeysApp(IHost host, RecordedLog log)
    {
        _host = host;
        Log = log;
    }

    public RecordedLog Log { get; }

    public IKeyManager Keys => _host.Services.GetRequiredService<IKeyManager>();

    private IDataProtector Protector => _host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector(NodeRoles.Purpose);

    public static async Task<KeysApp> StartAsync(ConnectionUri uri, Action<KeysOptions>? configure = null, Action<IServiceCollection>? configureServices = null, bool isBefore = false)
    {
        var log = new RecordedLog();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = Path.GetTempPath() });
        builder.Logging.AddProvider(log);
        if (isBefore)
        {
            configureServices?.Invoke(builder.Services);
        }

        builder.Services.AddRowhouseKeys(options =>
        {
            (options.Uri, options.AppName) = (uri, "shop");
            configure?.Invoke(options);
        });
        builder.Services.AddRowhouseKeys(options => options.Uri = ConnectionUri.Parse("file:/nowhere"));
        if (!isBefore)
        {
            configureServices?.Invoke(builder.Services);
        }

        var host = builder.Build();
        await host.StartAsync();
        return new KeysApp(host, log);
    }

    public string Protect(string text) => Protector.Protect(text);

    public string Unprotect(string text) => Protector.Unprotect(text);

    public bool CanProtect()
    {
        try
        {
            return Protect("x").Length > 0;
        }
        catch (Exception)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
