using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rowhouse.Backends;
using Rowhouse.Configuration;
using Rowhouse.Tests;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>An app that keeps its keys on a backend, with connections of its own as a new process has them.</summary>
internal sealed class KeysNode : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly BackendRegistry _registry;
    private readonly RecordedLog _log;

    private KeysNode(IHost host, BackendRegistry registry, RecordedLog log)
    {
        _host = host;
        _registry = registry;
        _log = log;
    }

    /// <summary>The keys that it knows.</summary>
    public IReadOnlyList<Guid> Keys => [.. _host.Services.GetRequiredService<IKeyManager>().GetAllKeys().Select(key => key.KeyId)];

    /// <summary>What Rowhouse warned of; the framework warns of keys that are not encrypted, which is meant here.</summary>
    public IReadOnlyList<string> Complaints =>
        [.. _log.Entries.Where(entry => entry.Level >= LogLevel.Error || (entry.Level == LogLevel.Warning && entry.Category.StartsWith("Rowhouse.", StringComparison.Ordinal))).Select(entry => entry.Message)];

    private IDataProtector Protector => _host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("greeting");

    public static KeysNode Build(ConnectionUri uri)
    {
        var (registry, log) = (new BackendRegistry(), new RecordedLog());
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = Path.GetTempPath() });
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(registry);
        builder.Services.AddRowhouseKeys(options => (options.Uri, options.AppName) = (uri, "shop"));
        return new KeysNode(builder.Build(), registry, log);
    }

    public Task StartAsync() => _host.StartAsync();

    public string Protect(string text) => Protector.Protect(text);

    public string Unprotect(string text) => Protector.Unprotect(text);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync().ConfigureAwait(false);
        _host.Dispose();
        await _registry.CloseAsync().ConfigureAwait(false);
    }
}
