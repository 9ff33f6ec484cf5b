using Rowhouse.Hosting.Building;
using Rowhouse.Hosting.Running;

namespace Rowhouse.Hosting.Serving;

/// <summary>Why an app has no instance of its newest state.</summary>
internal sealed record AppFailure
{
    // From "a database that restarts" to "a broken app that nobody looks at".
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(1);

    /// <summary>One line for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>What the compiler says, if it did not compile.</summary>
    public IReadOnlyList<BuildDiagnostic> Diagnostics { get; init; } = [];

    /// <summary>What kept it from starting, if an exception did.</summary>
    public Exception? Exception { get; init; }

    public StartFault? Start { get; init; }

    /// <summary>How many attempts in a row have failed.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>When a request may try again; null: only a change of its files helps.</summary>
    public DateTimeOffset? RetryAt { get; private init; }

    public static AppFailure OfBuild(BuildResult result)
    {
        var errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == BuildSeverity.Error).ToList();
        var more = errors.Count > 1 ? $" (and {errors.Count - 1} more)" : "";
        return new AppFailure { Reason = errors.Count == 0 ? "It could not be built." : $"{errors[0]}{more}", Diagnostics = errors };
    }

    public static AppFailure OfStart(AppStartException exception) => new()
    {
        Reason = exception.Message,
        Exception = exception.InnerException,
        Start = exception.Code switch
        {
            "RH1202" => StartFault.TimedOut,
            "RH1203" => StartFault.Returned,
            "RH1204" or "RH1207" or "RH1503" => StartFault.Exited,
            _ => StartFault.Threw,
        },
    };

    public static AppFailure OfError(RowhouseException error) =>
        new() { Reason = error.Message, Diagnostics = [new BuildDiagnostic(BuildSeverity.Error, error.Code, "", 0, 0, error.Message)] };

    public static AppFailure OfEnd(InstanceEnd end) => new() { Reason = end.Reason, Start = StartFault.Exited };

    /// <summary>The same failure as the next of a row, to be tried again after a while that doubles each time.</summary>
    public AppFailure Follows(AppFailure? before, DateTimeOffset now)
    {
        if (Start is null)
        {
            return this;
        }

        var attempts = before?.Start is null ? 1 : before.Attempts + 1;
        var wait = FirstRetry * Math.Pow(2, Math.Min(attempts - 1, 10));
        return this with { Attempts = attempts, RetryAt = now + (wait < LastRetry ? wait : LastRetry) };
    }
}
