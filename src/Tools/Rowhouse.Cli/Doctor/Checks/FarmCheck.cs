namespace Rowhouse.Cli.Doctor.Checks;

/// <summary>What one node keeps for itself is wrong on a farm. Sessions have a check of their own.</summary>
internal sealed class FarmCheck : IDoctorCheck
{
    public string Name => "farm";

    public ValueTask<IEnumerable<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) => new(Look(context));

    private static IEnumerable<Finding> Look(DoctorContext context)
    {
        var nodes = context.Config.Nodes;
        if (nodes == 1)
        {
            yield return Finding.Ok("one node (nodes = 1 under [server])");
            yield break;
        }

        var found = 0;
        foreach (var (uri, _, namedBy) in context.BackendsButSessions)
        {
            if (uri.Scheme is "memory" or "sqlite" or "file")
            {
                found++;
                yield return uri.Scheme == "file"
                    ? Finding.Warning(
                        $"{uri} ({namedBy}) is a folder, with {nodes} nodes",
                        "each node has a folder of its own unless 'data' is on storage that all share",
                        "put 'data' on shared storage, or use a database or Redis")
                    : Finding.Error(
                        $"{uri} ({namedBy}) is private to each of {nodes} nodes",
                        "what one node writes, the others never see",
                        uri.Scheme == "memory" ? "use redis: or a database" : "use postgres: or mysql:, which all nodes can reach");
            }
        }

        if (found == 0)
        {
            yield return Finding.Ok($"{nodes} nodes, and every backend can be shared");
        }
    }
}
