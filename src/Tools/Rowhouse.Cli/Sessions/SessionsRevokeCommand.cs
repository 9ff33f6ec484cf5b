using System.CommandLine;
using Rowhouse.Sessions;

namespace Rowhouse.Cli.Sessions;

/// <summary><c>rowhouse sessions revoke</c>: whoever had such a session has none with the next request.</summary>
internal sealed class SessionsRevokeCommand : SessionsCommand
{
    // So that the way to the backend is not waited for each time.
    private const int AtOnce = 16;

    // A session that is renewed while the list is read may be missing there under both of its keys.
    private const int MostPasses = 3;

    private readonly Argument<string[]> _keys = new("KEY") { Description = "The sessions: their keys, or the first 8 digits or more of each.", Arity = ArgumentArity.ZeroOrMore };
    private readonly SessionFilter _filter = new();
    private readonly Option<bool> _all = new("--all") { Description = "All sessions of the app." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Does not ask whether --all is meant. Needed where nobody can answer." };

    public SessionsRevokeCommand(Terminal terminal)
        : base("revoke", "Ends sessions: those that are named, or that fulfil all conditions.", terminal, "rowhouse sessions revoke shop 9f86d081884c", "rowhouse sessions revoke shop --user ann", "rowhouse sessions revoke shop --all --yes")
    {
        Arguments.Add(_keys);
        AddOptions([.. _filter.Options, _all, _yes]);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var keys = arguments.GetValue(_keys) ?? [];
        var isAll = arguments.GetValue(_all);
        if (new[] { keys.Length > 0, _filter.IsGiven(arguments), isAll }.Count(given => given) != 1)
        {
            Terminal.WriteError("Name sessions by their keys, or by --user, --address and --older, or all of them by --all. See 'rowhouse sessions revoke --help'.");
            return ExitCode.WrongUsage;
        }

        var place = FindPlace(arguments);
        if (isAll && !arguments.GetValue(_yes) && Refuse(place.App) is { } refused)
        {
            return refused;
        }

        await using var sessions = OpenedSessions.Open(place, place.Uri);
        var revoked = keys.Length > 0
            ? await RemoveAsync(sessions.Store, await FindAsync(sessions, place.App, keys, cancellationToken), cancellationToken)
            : await RemoveChosenAsync(sessions.Store, arguments, cancellationToken);
        Terminal.Output.WriteLine($"Revoked {Count(revoked, "session")} of {place.App}.");
        return ExitCode.Ok;
    }

    private int? Refuse(string app)
    {
        if (!Terminal.CanAsk)
        {
            Terminal.WriteError($"'rowhouse sessions revoke --all' logs out everybody who uses '{app}' and nobody is there to ask. Add --yes if that is meant.");
            return ExitCode.WrongUsage;
        }

        if (Terminal.Confirm($"Log out everybody who uses '{app}'?"))
        {
            return null;
        }

        Terminal.Error.WriteLine("Nothing was revoked.");
        return ExitCode.Failed;
    }

    // All are found before one is ended: a key that is wrong changes nothing.
    private static async Task<IAsyncEnumerable<StoredSession>> FindAsync(OpenedSessions sessions, string app, string[] keys, CancellationToken cancellationToken)
    {
        var found = new List<StoredSession>();
        foreach (var key in keys)
        {
            found.Add(await SessionKeys.GetAsync(sessions, app, key, cancellationToken));
        }

        return found.ToAsyncEnumerable();
    }

    private async Task<int> RemoveChosenAsync(SessionStore store, ParseResult arguments, CancellationToken cancellationToken)
    {
        var removed = 0;
        for (var (pass, last) = (0, 1); pass < MostPasses && last > 0; pass++)
        {
            last = await RemoveAsync(store, _filter.Choose(store, arguments, TimeProvider.System, cancellationToken), cancellationToken);
            removed += last;
        }

        return removed;
    }

    private static async Task<int> RemoveAsync(SessionStore store, IAsyncEnumerable<StoredSession> sessions, CancellationToken cancellationToken)
    {
        var removed = 0;
        await Parallel.ForEachAsync(sessions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (session, token) =>
        {
            if (await store.RemoveAsync(session.Key, token))
            {
                Interlocked.Increment(ref removed);
            }
        });
        return removed;
    }
}
