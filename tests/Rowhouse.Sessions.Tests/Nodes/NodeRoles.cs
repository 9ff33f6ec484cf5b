using System.Globalization;

namespace Rowhouse.Sessions.Tests.Nodes;

/// <summary>What a node does.</summary>
internal static class NodeRoles
{
    public const string Commit = "commit";

    public static Task<int> RunAsync(string role, string[] arguments) => role switch
    {
        Commit => CommitAsync(ConnectionUri.Parse(arguments[0]), arguments[1], SessionKey.Of(arguments[2]), arguments[3]),
        _ => Task.FromResult(2),
    };

    // Writes the numbers 1, 2, 3, … to two keys at once, and prints each as soon as it is stored, until it is killed.
    private static async Task<int> CommitAsync(ConnectionUri uri, string app, SessionKey key, string name)
    {
        var store = SessionStore.Open(uri, app, BackendRegistry.Shared);
        for (var number = 1; ; number++)
        {
            var value = BitConverter.GetBytes(number);
            var commit = await store.CommitAsync(key, Changes.Of(TimeProvider.System, (name, value), ($"{name} again", [.. value, .. new byte[2000]])));
            if (commit.Outcome != SessionOutcome.Saved)
            {
                return 3;
            }

            Console.WriteLine(number.ToString(CultureInfo.InvariantCulture));
        }
    }
}
