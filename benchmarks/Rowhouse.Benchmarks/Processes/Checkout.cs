namespace Rowhouse.Benchmarks.Processes;

/// <summary>The checkout that the benchmarks were built from.</summary>
internal sealed class Checkout
{
    private Checkout(string folder)
    {
        Folder = folder;
    }

    public string Folder { get; }

    /// <summary>The published command, as <c>eng/rowhouse</c> makes it.</summary>
    public string Rowhouse => Path.Combine(Folder, "artifacts", "rowhouse", "rowhouse.dll");

    /// <summary>What is kept from run to run: built apps.</summary>
    public string Cache => Path.Combine(Folder, "artifacts", "benchmarks");

    public static Checkout Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Rowhouse.slnx")))
            {
                return new Checkout(folder.FullName);
            }
        }

        throw new InvalidOperationException($"There is no Rowhouse.slnx at or above '{AppContext.BaseDirectory}': run the benchmarks from a checkout (eng/bench).");
    }

    /// <summary>Builds the command if a source has changed since.</summary>
    public async Task<string> PublishAsync(CancellationToken cancellationToken)
    {
        var script = Path.Combine(Folder, "eng", "rowhouse");
        if (File.Exists(script))
        {
            await Tool.RunAsync(script, ["--version"], Folder, cancellationToken).ConfigureAwait(false);
        }
        else if (!File.Exists(Rowhouse))
        {
            await Tool.RunAsync("dotnet", ["publish", "src/Tools/Rowhouse.Cli", "-c", "Release", "-o", Path.GetDirectoryName(Rowhouse)!], Folder, cancellationToken)
                .ConfigureAwait(false);
        }

        return Rowhouse;
    }
}
