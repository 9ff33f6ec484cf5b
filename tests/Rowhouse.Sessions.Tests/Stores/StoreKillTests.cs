using System.Globalization;
using Rowhouse.Sessions.Tests.Nodes;
using Rowhouse.Tests;
using static Rowhouse.Sessions.Tests.Stores.StoreContractTests;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>Nodes that are killed while they write.</summary>
public sealed class StoreKillTests
{
    private const int Kills = 3;

    private readonly StorePlaces _places;

    public StoreKillTests(StorePlaces places)
    {
        _places = places;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(StorePlaces.Processes), MemberType = typeof(StorePlaces))]
    public async Task Who_is_killed_while_it_writes_leaves_the_session_whole_and_with_all_that_it_was_told_is_stored(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var store = place.Node(TimeProvider.System);
        var id = Guid.NewGuid().ToString("N");
        var key = SessionKey.Of(id);
        await store.CommitAsync(key, Changes.First(TimeProvider.System, ("mine", Bytes("1"))), cancellationToken: Stop);

        for (var kill = 0; kill < Kills; kill++)
        {
            var names = new[] { $"a{kill}", $"b{kill}" };
            var told = await KillWritersAsync(place, id, names);
            var found = await store.FindAsync(key, Stop);
            Assert.NotNull(found);
            foreach (var (name, last) in names.Zip(told))
            {
                var stored = BitConverter.ToInt32(found.Values[name]);
                Assert.InRange(stored, last, last + 1);
                Assert.Equal(stored, BitConverter.ToInt32(found.Values[$"{name} again"]));
            }

            // Nothing of the dead keeps others from writing.
            Assert.Equal(SessionOutcome.Saved, (await store.CommitAsync(key, Changes.Of(TimeProvider.System, ("mine", BitConverter.GetBytes(kill))), found, Stop)).Outcome);
        }

        Assert.Equal(1 + (Kills * 4), (await store.FindAsync(key, Stop))!.Values.Count);
    }

    // Gives the last number that each of them was told is stored.
    private static async Task<List<int>> KillWritersAsync(StorePlace place, string id, string[] names)
    {
        var nodes = names.Select(name => NodeProcess.Start(NodeRoles.Commit, place.Uri.ToSecretString(), place.App, id, name)).ToList();
        try
        {
            var lasts = new List<int>();
            foreach (var node in nodes)
            {
                var last = 0;
                while (last < 20)
                {
                    last = int.Parse(await node.ReadLineAsync(), CultureInfo.InvariantCulture);
                }

                lasts.Add(last);
            }

            var told = new List<int>();
            foreach (var (node, last) in nodes.Zip(lasts))
            {
                await node.KillAsync();
                var rest = await node.ReadToEndAsync();
                told.Add(rest.Count > 0 ? rest.Max(line => int.Parse(line, CultureInfo.InvariantCulture)) : last);
            }

            return told;
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }
}
