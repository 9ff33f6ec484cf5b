using System.Security.Cryptography;
using System.Text;
using Rowhouse.Benchmarks.Processes;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Apps;

/// <summary>Release output of a project, built once and kept for the next run by the hash of its sources.</summary>
internal static class PublishedApp
{
    /// <summary>The folder of the output.</summary>
    public static async Task<string> MakeAsync(BenchmarkRun run, string name, AppFiles files)
    {
        var cache = run.Checkout.Cache;
        var output = Path.Combine(cache, $"{name}-{Hash(files)}");
        if (Directory.Exists(output))
        {
            return output;
        }

        run.Say($"Building the app {name}");
        var sources = Path.Combine(run.Folder, "sources-" + name);
        files.WriteTo(sources);
        var built = Path.Combine(run.Folder, "built-" + name);
        await Tool.RunAsync("dotnet", ["publish", sources, "-c", "Release", "-o", built, "-nodeReuse:false"], sources, run.CancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(cache);
        await Tool.RunAsync("cp", ["-r", built, output + ".new"], cache, run.CancellationToken).ConfigureAwait(false);
        Directory.Move(output + ".new", output);
        return output;
    }

    private static string Hash(AppFiles files)
    {
        var all = string.Join('\0', files.Texts.Select(file => file.Key + "\0" + file.Value)) + Environment.Version;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 6));
    }
}
