using System.CommandLine;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Rowhouse.Backends;
using Rowhouse.Sessions;

namespace Rowhouse.Cli.Sessions;

/// <summary>
/// <c>rowhouse sessions copy</c>. A session is stored whole under its key, so whoever holds its cookie stays logged in. What was copied
/// before is skipped unless it was alive since: to run it again goes on where it ended, and brings what has changed.
/// </summary>
internal sealed class SessionsCopyCommand : SessionsCommand
{
    private const int AtOnce = 16;
    private const int MostErrorsShown = 10;

    private readonly Option<string?> _from = new("--from") { Description = "Where they are. Default: where the app keeps its sessions.", HelpName = "URI" };
    private readonly Option<string?> _to = new("--to") { Description = "Where they go. Default: where the app keeps its sessions. A password is better written as {secret:NAME}.", HelpName = "URI" };
    private readonly Option<bool> _json = JsonOption.Create();

    public SessionsCopyCommand(Terminal terminal)
        : base("copy", "Copies live sessions to another backend; nobody is logged out. Run it again to go on, or to bring what has changed.", terminal, "rowhouse sessions copy shop --to redis://cache.example.com/0", "rowhouse sessions copy shop --from file:sessions")
    {
        AddOptions(_from, _to, _json);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var place = FindPlace(arguments);
        var from = arguments.GetValue(_from) is { } source ? place.Parse(source, "--from") : place.Uri;
        var to = arguments.GetValue(_to) is { } target ? place.Parse(target, "--to") : place.Uri;
        if (from == to)
        {
            throw CliErrors.CopyOntoItself(from);
        }

        await using var old = OpenedSessions.Open(place, from);
        await using var other = OpenedSessions.Open(place, to);
        var (copy, error) = await LongWork.WithWordsAsync(Terminal, "sessions", show => CopyAsync(old.Store, other.Store, show, cancellationToken));
        if (arguments.GetValue(_json))
        {
            Terminal.Output.WriteLine(JsonSerializer.Serialize(copy, CliJson.Default.SessionCopy));
        }
        else
        {
            Terminal.Output.WriteLine($"{from} → {to}: {copy}.");
        }

        error?.Throw();
        return copy.Failed == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    // What was done until then is told also where it ends by an error.
    private async Task<(SessionCopy Copy, ExceptionDispatchInfo? Error)> CopyAsync(SessionStore from, SessionStore to, IProgress<string>? show, CancellationToken cancellationToken)
    {
        var (copied, skipped, failed) = (0, 0, 0);
        var work = Parallel.ForEachAsync(from.ListAsync(cancellationToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (session, token) =>
        {
            try
            {
                _ = await to.ImportAsync(session, token) ? Interlocked.Increment(ref copied) : Interlocked.Increment(ref skipped);
            }
            catch (RowhouseException e) when (e is not BackendUnavailableException)
            {
                // One that is too large for the new place must not keep the others here.
                if (Interlocked.Increment(ref failed) <= MostErrorsShown)
                {
                    Terminal.WriteError($"{session.Key}: {e.Code}: {e.Message}");
                }
            }

            show?.Report(new SessionCopy(copied, skipped, failed).ToString());
        });
        try
        {
            await work;
            return (new SessionCopy(copied, skipped, failed), null);
        }
        catch (Exception e) when (e is RowhouseException or OperationCanceledException)
        {
            return (new SessionCopy(copied, skipped, failed), ExceptionDispatchInfo.Capture(e));
        }
    }
}
