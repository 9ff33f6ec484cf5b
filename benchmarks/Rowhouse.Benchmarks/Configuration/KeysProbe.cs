using System.Text.Json;
using Rowhouse.Configuration;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>One of the processes that start at once on an empty key store: round after round, each with a new host and new connections.</summary>
internal static class KeysProbe
{
    public const string Command = "keys-probe";
    public const string Text = "hello";

    // A line with the store, "ready", a line to go, the answer.
    public static async Task<int> RunAsync()
    {
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is { } uri)
        {
            var node = KeysNode.Build(ConnectionUri.Parse(uri));
            await using (node.ConfigureAwait(false))
            {
                Console.WriteLine("ready");
                await Console.In.ReadLineAsync().ConfigureAwait(false);
                Console.WriteLine(JsonSerializer.Serialize(await StartAsync(node).ConfigureAwait(false)));
            }

            Console.WriteLine("closed");
        }

        return 0;
    }

    private static async Task<KeysAnswer> StartAsync(KeysNode node)
    {
        try
        {
            await node.StartAsync().ConfigureAwait(false);
            return new KeysAnswer(node.Protect(Text), node.Keys, node.Complaints);
        }
        catch (Exception e)
        {
            return new KeysAnswer(null, [], [.. node.Complaints, e.ToString()]);
        }
    }
}
