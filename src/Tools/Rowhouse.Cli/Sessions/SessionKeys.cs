using System.Buffers;
using Rowhouse.Sessions;

namespace Rowhouse.Cli.Sessions;

/// <summary>Turns the keys on a command line, whole or their first digits, into sessions that are there.</summary>
internal static class SessionKeys
{
    private const int LeastDigits = 8;
    private const int AllDigits = 64;
    private const int MostShown = 5;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <exception cref="RowhouseException">RH3011: no session is meant; RH3012: several are; RH3013: it is no key.</exception>
    public static async Task<StoredSession> GetAsync(OpenedSessions sessions, string app, string key, CancellationToken cancellationToken)
    {
        var digits = key.ToLowerInvariant();
        if (digits.Length is < LeastDigits or > AllDigits || digits.AsSpan().ContainsAnyExcept(Digits))
        {
            throw CliErrors.BadSessionKey(key, LeastDigits);
        }

        if (SessionKey.TryParse(digits, out var whole))
        {
            return await sessions.Store.FindAsync(whole, cancellationToken) ?? throw CliErrors.NoSuchSession(key, app, sessions.Uri.ToString());
        }

        var found = await sessions.Store.ListAsync(cancellationToken)
            .Where(session => session.Key.ToString().StartsWith(digits, StringComparison.Ordinal))
            .Take(MostShown)
            .ToListAsync(cancellationToken);
        return found switch
        {
            [] => throw CliErrors.NoSuchSession(key, app, sessions.Uri.ToString()),
            [var one] => one,
            _ => throw CliErrors.AmbiguousSession(key, [.. found.Select(session => session.Key.ToString())]),
        };
    }
}
