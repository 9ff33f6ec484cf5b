using System.CommandLine;
using System.Globalization;
using Rowhouse.Backends;
using Rowhouse.Sessions;

namespace Rowhouse.Cli.Sessions;

/// <summary><c>rowhouse sessions trash</c>, with the options of web2py's sessions2trash. Servers do it by themselves; this is for backends that no server cleans.</summary>
internal sealed class SessionsTrashCommand : SessionsCommand
{
    // A step of so many disturbs nobody, and is not waited for long when the command is to end.
    private const int StepLimit = 1000;
    private const int DefaultSleep = 300;

    // 30 days; a timer takes 49.
    private const int MostSleep = 30 * 24 * 60 * 60;

    private readonly Option<bool> _once = new("--once", "-o") { Description = "Ends after one round." };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "The expiration holds for sessions with a time-out of their own (\"remember me\") too. Without --expiration it is the app's session.idle." };
    private readonly Option<int?> _expiration = new("--expiration", "-x") { Description = "Sessions without a sign of life for so long are trash too, but not those with a time-out of their own.", HelpName = "SECONDS" };
    private readonly Option<int> _sleep = new("--sleep", "-s") { Description = "The time between two rounds.", HelpName = "SECONDS", DefaultValueFactory = _ => DefaultSleep };
    private readonly Option<bool> _verbose = new("-v", "--verbose") { Description = "Prints a line for each round." };

    public SessionsTrashCommand(Terminal terminal)
        : base("trash", "Removes expired sessions, again and again until Ctrl+C, or once.", terminal, "rowhouse sessions trash shop --once -v", "rowhouse sessions trash shop --expiration 86400 --sleep 60")
    {
        MustNotBeNegative(_expiration);
        MustNotBeNegative(_sleep);
        _sleep.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var seconds) && seconds > MostSleep)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{_sleep.Name} can be {MostSleep} seconds at most."));
            }
        });
        AddOptions(_once, _force, _expiration, _sleep, _verbose);
    }

    public override bool HandlesSignals => true;

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var place = FindPlace(arguments);
        await using var sessions = OpenedSessions.Open(place, place.Uri);
        using var signals = new ShutdownSignals();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(signals.First, cancellationToken);
        var isForced = arguments.GetValue(_force);
        var expiration = arguments.GetValue(_expiration) is { } seconds ? TimeSpan.FromSeconds(seconds) : isForced ? place.Idle : (TimeSpan?)null;
        var isOnce = arguments.GetValue(_once);
        try
        {
            while (true)
            {
                await RunRoundAsync(sessions, place.App, expiration, isForced, isOnce, arguments.GetValue(_verbose), either.Token);
                if (isOnce)
                {
                    return ExitCode.Ok;
                }

                await Task.Delay(TimeSpan.FromSeconds(arguments.GetValue(_sleep)), TimeProvider.System, either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // To be ended is how it ends, unless it was to run once and did not get to the end.
            return isOnce ? ExitCode.Interrupted : ExitCode.Ok;
        }
    }

    private async Task RunRoundAsync(OpenedSessions sessions, string app, TimeSpan? expiration, bool isForced, bool isOnce, bool isVerbose, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var removed = 0;
        try
        {
            var trash = new SessionTrash { Now = TimeProvider.System.GetUtcNow(), Expiration = expiration, IsForced = isForced };
            string? position = null;
            do
            {
                var step = await sessions.Store.TrashAsync(trash, StepLimit, position, cancellationToken);
                (removed, position) = (removed + step.Removed, step.Position);
            }
            while (position is not null);
        }
        catch (BackendUnavailableException e) when (!isOnce)
        {
            // It comes back, and so does the next round.
            Terminal.WriteError($"{e.Code}: {e.Message}");
        }

        if (isOnce || isVerbose)
        {
            var time = isVerbose ? string.Create(CultureInfo.InvariantCulture, $" in {sessions.Uri} in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s") : "";
            Terminal.Output.WriteLine($"Removed {Count(removed, "session")} of {app}{time}.");
        }
    }

    private static void MustNotBeNegative<T>(Option<T> option) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && token.Value.StartsWith('-'))
        {
            result.AddError($"{option.Name} cannot be negative.");
        }
    });
}
