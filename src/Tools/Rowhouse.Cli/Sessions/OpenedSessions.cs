using Rowhouse.Backends;
using Rowhouse.Configuration;
using Rowhouse.Sessions;

namespace Rowhouse.Cli.Sessions;

/// <summary>The sessions of an app, where its configuration or the command line says they are.</summary>
internal sealed class OpenedSessions : IAsyncDisposable
{
    private readonly BackendRegistry _registry = new();

    private OpenedSessions(SessionsPlace place, ConnectionUri uri)
    {
        Uri = uri;
        Store = SessionStore.Open(uri, place.App, _registry.In(place.DataFolder));
    }

    public ConnectionUri Uri { get; }

    public SessionStore Store { get; }

    /// <exception cref="RowhouseException">RH3010: they are where nobody else can look; RH5001, RH4006: see <see cref="SessionStore.Open"/>.</exception>
    public static OpenedSessions Open(SessionsPlace place, ConnectionUri uri) =>
        uri.Scheme is "cookie" or "memory" ? throw CliErrors.NoSessionsThere(uri, place.App) : new OpenedSessions(place, uri);

    public async ValueTask DisposeAsync() => await _registry.CloseAsync();
}
