using System.Globalization;
using Rowhouse.Backends;
using Rowhouse.Configuration;
using Rowhouse.Sessions;

namespace Rowhouse.Cli.Sessions;

/// <summary>The sessions of an app, where its configuration or the command line says they are.</summary>
internal sealed class OpenedSessions : IAsyncDisposable
{
    private const string Users = "/etc/passwd";

    private readonly BackendRegistry _registry = new();

    private OpenedSessions(SessionsPlace place, ConnectionUri uri)
    {
        Uri = uri;
        Store = SessionStore.Open(uri, place.App, _registry.In(place.DataFolder));
    }

    public ConnectionUri Uri { get; }

    public SessionStore Store { get; }

    /// <exception cref="RowhouseException">RH3010: they are where nobody else can look; RH3015: they are another user's files; RH5001, RH4006: see <see cref="SessionStore.Open"/>.</exception>
    public static OpenedSessions Open(SessionsPlace place, ConnectionUri uri)
    {
        if (uri.Scheme is "cookie" or "memory")
        {
            throw CliErrors.NoSessionsThere(uri, place.App);
        }

        // What root makes there (a session's file, SQLite's log) the server could not read.
        if (uri.Scheme is "file" or "sqlite" && Environment.IsPrivilegedProcess && FindOwner(Path.GetFullPath(uri.Path ?? "", place.DataFolder)) is { } user and > 0)
        {
            throw CliErrors.ForeignSessions(uri, NameOf(user));
        }

        return new OpenedSessions(place, uri);
    }

    public async ValueTask DisposeAsync() => await _registry.CloseAsync();

    // Of what is there, or of the folder in which it would be made.
    private static uint? FindOwner(string? path)
    {
        uint? owner = null;
        for (; path is not null && owner is null; path = Path.GetDirectoryName(path))
        {
            owner = FileOwner.FindUser(path);
        }

        return owner;
    }

    // As sudo takes it.
    private static string NameOf(uint user)
    {
        var number = user.ToString(CultureInfo.InvariantCulture);
        var line = File.Exists(Users) ? File.ReadLines(Users).Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > 2 && fields[2] == number) : null;
        return line?[0] ?? $"'#{number}'";
    }
}
