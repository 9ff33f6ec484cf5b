using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rowhouse.Tests;

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>An app with sessions on a real Kestrel; its time stands still unless a test moves it.</summary>
internal sealed class SessionApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly X509Certificate2? _certificate;

    private SessionApp(WebApplication app, string folder, FakeTimeProvider time, RecordedLog log, X509Certificate2? certificate)
    {
        _certificate = certificate;
        _app = app;
        _folder = folder;
        Time = time;
        Log = log;
    }

    public FakeTimeProvider Time { get; }

    public RecordedLog Log { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.First());

    public SessionsModel Model => Services.GetRequiredService<SessionsModel>();

    /// <param name="uri">Where its sessions are kept.</param>
    /// <param name="map">Its pipeline.</param>
    /// <param name="settings">More of the section <c>session</c>.</param>
    /// <param name="build">What else it does with its builder, before the one line.</param>
    /// <param name="certificate">Makes it listen by https.</param>
    /// <param name="environment">Its environment.</param>
    public static async Task<SessionApp> StartAsync(
        string uri,
        Action<WebApplication> map,
        Dictionary<string, string?>? settings = null,
        Action<WebApplicationBuilder>? build = null,
        X509Certificate2? certificate = null,
        string environment = "Production")
    {
        var folder = Directory.CreateTempSubdirectory("rowhouse-sessions-").FullName;
        var log = new RecordedLog();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder, EnvironmentName = environment });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(settings ?? [], StringComparer.Ordinal)
        {
            ["session:uri"] = uri,
            ["Rowhouse:App"] = "shop",
        });
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.TryAddSingleton<TimeProvider>(time);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => _ = certificate is null ? listen : listen.UseHttps(certificate)));
        build?.Invoke(builder);
        builder.AddRowhouseSessions();
        builder.Services.AddDataProtection();
        var app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new SessionApp(app, folder, time, log, certificate);
    }

    /// <summary>A visitor with an empty jar of cookies.</summary>
    public Browser NewBrowser() => new(Address, _certificate);

    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
