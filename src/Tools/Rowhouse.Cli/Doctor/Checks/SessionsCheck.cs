using Rowhouse.Cli.Sessions;
using Rowhouse.Configuration;

namespace Rowhouse.Cli.Doctor.Checks;

/// <summary>Where sessions are kept: with several nodes a visitor's next request may come to another one.</summary>
internal sealed class SessionsCheck : IDoctorCheck
{
    private const string Shared = "name a place that all nodes share, [session] uri = redis://… or a database, and bring the sessions there: rowhouse sessions copy";

    public string Name => "sessions";

    public ValueTask<IEnumerable<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) => new(context.Apps.SelectMany(app => Look(app, context)));

    private static IEnumerable<Finding> Look(ExaminedApp app, DoctorContext context)
    {
        var named = app.Backends.Where(backend => backend.Key == ExaminedApp.SessionsKey).Select(backend => backend.Uri).FirstOrDefault();
        var uri = named ?? SessionsPlace.DefaultUri;
        if (named is null && !Directory.Exists(Path.Combine(context.Root.DataOf(app.Name), uri.Path!)))
        {
            // An app that keeps none.
            return [];
        }

        return [Judge(app.Name, uri, context)];
    }

    private static Finding Judge(string app, ConnectionUri uri, DoctorContext context) => (uri.Scheme, context.Config.Nodes) switch
    {
        ("memory" or "sqlite", > 1 and var nodes) => Finding.Error(
            $"sessions are kept in {uri}, which is private to each of {nodes} nodes",
            "whoever comes to another node is logged out there",
            Shared,
            app),
        ("file", > 1 and var nodes) => Finding.Warning(
            $"sessions are kept in the folder {uri}, with {nodes} nodes",
            "unless 'data' is on storage that all nodes share, whoever comes to another node is logged out there",
            Shared,
            app),
        ("memory", _) when context.IsProduction => Finding.Warning(
            $"sessions are kept in {uri}",
            "a restart of the server logs everybody out",
            "take the default, [session] uri = file:sessions, which lasts",
            app),
        _ => Finding.Ok($"kept in {uri}", app),
    };
}
