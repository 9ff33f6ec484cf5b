using System.CommandLine;
using System.Net;
using Rowhouse.Configuration;
using Rowhouse.Sessions;

namespace Rowhouse.Cli.Sessions;

/// <summary>The options that choose sessions: all that are given must hold.</summary>
internal sealed class SessionFilter
{
    private readonly Option<string?> _user = new("--user") { Description = "Those of this user.", HelpName = "NAME" };
    private readonly Option<IPAddress?> _address = new("--address")
    {
        Description = "Those that were begun from this address.",
        HelpName = "IP",
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
            {
                return Plain(address);
            }

            result.AddError($"'{result.Tokens[0].Value}' is no IP address.");
            return null;
        },
    };

    private readonly Option<TimeSpan?> _older = new("--older")
    {
        Description = "Those without a sign of life for so long: 30m, 12h, 7d.",
        HelpName = "DURATION",
        CustomParser = result =>
        {
            if (DurationText.TryParse(result.Tokens[0].Value, out var age))
            {
                return age;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no duration, such as 30m, 12h or 7d.");
            return null;
        },
    };

    public Option[] Options => [_user, _address, _older];

    public bool IsGiven(ParseResult arguments) => Array.Exists(Options, option => arguments.GetResult(option) is not null);

    /// <summary>The sessions of a store that are meant.</summary>
    public IAsyncEnumerable<StoredSession> Choose(SessionStore store, ParseResult arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        var user = arguments.GetValue(_user);
        var address = arguments.GetValue(_address);
        var latest = arguments.GetValue(_older) is { } age ? time.GetUtcNow() - age : DateTimeOffset.MaxValue;
        return store.ListAsync(cancellationToken).Where(session =>
            (user is null || session.User == user)
            && (address is null || (IPAddress.TryParse(session.ClientAddress, out var begun) && address.Equals(Plain(begun))))
            && session.Modified <= latest);
    }

    // A socket for both families shows IPv4 as ::ffff:192.0.2.1.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
