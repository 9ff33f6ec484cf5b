using System.Net;
using Rowhouse.Hosting;

namespace Rowhouse.Cli.Doctor.Checks;

/// <summary>Development shows sources, settings and stack traces to whoever asks.</summary>
internal sealed class EnvironmentCheck : IDoctorCheck
{
    public string Name => "environment";

    public ValueTask<IEnumerable<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) => new(Look(context));

    private static IEnumerable<Finding> Look(DoctorContext context)
    {
        var reachable = context.Config.Listeners.Where(listener => !IsOnLoopback(listener)).ToList();
        var developing = context.Apps.Where(app => string.Equals(app.Environment, "Development", StringComparison.OrdinalIgnoreCase)).ToList();
        if (developing.Count == 0)
        {
            yield return Finding.Ok($"{context.Config.Environment}: error pages show no sources");
        }

        foreach (var app in developing)
        {
            yield return reachable.Count == 0
                ? Finding.Warning(
                    "the environment is Development; the server listens on this machine only",
                    "a proxy in front would show error pages with sources and settings to everybody",
                    Mend(app.Name),
                    app.Name)
                : Finding.Error(
                    $"the environment is Development, and {reachable[0]} can be reached from other machines",
                    "error pages show sources, settings and stack traces to whoever causes an error",
                    Mend(app.Name),
                    app.Name);
        }
    }

    /// <summary>Whether only this machine can connect.</summary>
    public static bool IsOnLoopback(ListenerUri listener) => listener.Scheme switch
    {
        ListenerScheme.Unix => true,
        ListenerScheme.Systemd => false,
        _ => listener.Host == "localhost" || (IPAddress.TryParse(listener.Host, out var address) && IPAddress.IsLoopback(address)),
    };

    private static string Mend(string app) => $"run with --environment Production, or write environment = Production under [app:{app}] in rowhouse.ini";
}
