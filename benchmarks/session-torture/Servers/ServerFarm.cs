namespace Rowhouse.SessionTorture.Servers;

/// <summary>The processes that serve.</summary>
internal sealed class ServerFarm : IAsyncDisposable
{
    private readonly string[] _arguments;
    private readonly ServerNode?[] _nodes;

    private ServerFarm(int count, string[] arguments)
    {
        _arguments = arguments;
        _nodes = new ServerNode?[count];
    }

    /// <summary>The addresses of those that run.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _nodes.OfType<ServerNode>().Select(node => node.Address)];

    public static async Task<ServerFarm> StartAsync(int count, params string[] arguments)
    {
        var farm = new ServerFarm(count, arguments);
        await Task.WhenAll(Enumerable.Range(0, count).Select(farm.LaunchAsync));
        return farm;
    }

    /// <summary>Kills one and starts another in its place.</summary>
    public async Task ReplaceAsync(int place)
    {
        await using (var node = _nodes[place]!)
        {
            // First, so that the clients find it dead.
            await node.KillAsync();
            _nodes[place] = null;
        }

        await LaunchAsync(place);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.OfType<ServerNode>())
        {
            await node.DisposeAsync();
        }
    }

    private async Task LaunchAsync(int place) => _nodes[place] = await ServerNode.StartAsync(_arguments);
}
