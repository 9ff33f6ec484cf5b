using Rowhouse.Hosting;

namespace Rowhouse.Cli.Doctor.Checks;

/// <summary>Behind a proxy, an app that does not read the forwarded headers takes every visitor for the proxy, by http.</summary>
internal sealed class ForwardedHeadersCheck : IDoctorCheck
{
    private const string Variable = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";

    public string Name => "forwarded-headers";

    public ValueTask<IEnumerable<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) => new(Look(context));

    private static IEnumerable<Finding> Look(DoctorContext context)
    {
        var enabled = context.Variables.GetValueOrDefault(Variable) is { } value && bool.TryParse(value, out var on) && on;
        var behind = context.Config.Listeners.Where(IsBehindProxy).ToList();
        var open = context.Config.Listeners.Where(listener => !EnvironmentCheck.IsOnLoopback(listener)).ToList();
        if (enabled && open.Count > 0)
        {
            yield return Finding.Error(
                $"{Variable} is set, and {open[0]} can be reached from other machines",
                "whoever connects directly can claim any address and scheme",
                "listen on loopback or a unix socket, where only the proxy connects");
        }
        else if (!enabled && behind.Count > 0 && context.IsProduction)
        {
            yield return Finding.Warning(
                $"{behind[0]} is for a proxy, and {Variable} is not set",
                "apps see the proxy as every visitor and http as the scheme: wrong links and redirects, cookies that are not Secure, useless address limits",
                $"set {Variable}=true in the server's environment, or call UseForwardedHeaders in the apps",
                null);
        }
        else
        {
            yield return Finding.Ok(enabled ? "forwarded headers are read, and only this machine can connect" : "no listener looks as if a proxy were in front");
        }
    }

    private static bool IsBehindProxy(ListenerUri listener) =>
        listener.Scheme == ListenerScheme.Unix || (listener.Scheme == ListenerScheme.Http && EnvironmentCheck.IsOnLoopback(listener));
}
