using System.Diagnostics;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Hosting;

namespace Rowhouse.Hosting.Running;

/// <summary>
/// Steps into an unmodified Program.cs while it builds its host, by the diagnostic events that WebApplicationFactory and EF Core's tools
/// rely on too (<c>HostBuilding</c>, <c>HostBuilt</c> of "Microsoft.Extensions.Hosting").
/// </summary>
internal sealed class StartInterceptor : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly Lazy<IDisposable> Subscription = new(() => DiagnosticListener.AllListeners.Subscribe(new StartInterceptor()));

    /// <summary>Starts listening, once per process.</summary>
    public static void Install() => _ = Subscription.Value;

    public void OnNext(DiagnosticListener value)
    {
        // Each host brings a listener of its own, and subscribing to those of others would keep them all alive.
        if (value.Name == "Microsoft.Extensions.Hosting" && AppStart.Current is not null)
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (AppStart.Current is not { } start)
        {
            return;
        }

        if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
        {
            builder.ConfigureServices((_, services) => start.Configure(services));
            if (builder is HostBuilder)
            {
                // A host that is not built from arguments; what the app says itself comes after, and wins.
                builder.ConfigureHostConfiguration(settings => settings.Sources.Insert(0, new CommandLineConfigurationSource { Args = start.Arguments }));
            }
        }
        else if (value is { Key: "HostBuilt", Value: IHost host } && start != AppStart.Abandoned)
        {
            start.Services = host.Services;
        }
    }

    public void OnCompleted()
    {
        // Nothing is kept that would have to be given back.
    }

    public void OnError(Exception error)
    {
        // A diagnostic source never reports errors.
    }
}
