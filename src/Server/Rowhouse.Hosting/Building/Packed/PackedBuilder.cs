using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rowhouse.Hosting.Building.Weaving;

namespace Rowhouse.Hosting.Building.Packed;

/// <summary>
/// Takes built output as it is. It is copied before it is loaded, so that a deployment may overwrite the app's folder file by file.
/// </summary>
internal sealed class PackedBuilder : IAppBuilder
{
    private static readonly string[] NotCopied = ["wwwroot", "private"];

    private readonly AppFolder _app;
    private readonly BuildStore _store;

    public PackedBuilder(ServerRoot root, AppFolder app)
    {
        _app = app;
        _store = new BuildStore(root, app.Name);
    }

    public async Task<BuildResult> BuildAsync(CancellationToken cancellationToken)
    {
        if (BuiltFolder.FindEntry(_app.Path) is not { } entry)
        {
            return BuildResult.Failure(HostingErrors.NoOutput(_app.Name, _app.Path));
        }

        if (FindRuntime(entry) is { } wanted && wanted > Environment.Version.Major)
        {
            return BuildResult.Failure(HostingErrors.NeedsRuntime(_app.Name, $"{wanted}", Environment.Version.ToString()));
        }

        var id = await HashAsync(cancellationToken).ConfigureAwait(false);
        var build = _store.Find(id, _app.Path)
            ?? await _store.AddAsync(id, entry, _app.Path, [], folder => CopyAsync(folder, entry), cancellationToken).ConfigureAwait(false);
        return BuildResult.Success(build);
    }

    public bool IsInput(string relativePath) =>
        ChangeKinds.IsConfiguration(relativePath)
        || (!relativePath.StartsWith('.') && !NotCopied.Contains(relativePath.Split('/')[0], StringComparer.OrdinalIgnoreCase));

    public void Forget()
    {
        // Nothing is kept.
    }

    private async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"packed|{AssemblyWeaver.Version}"));
        foreach (var file in FolderCopy.Enumerate(_app.Path).Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(_app.Path, file).Replace('\\', '/');
            if (IsInput(relative))
            {
                await using var stream = File.OpenRead(file);
                hash.AppendData(Encoding.UTF8.GetBytes($"\0{relative}\0"));
                hash.AppendData(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private Task CopyAsync(string folder, string entry) => Task.Run(() =>
    {
        FolderCopy.Copy(_app.Path, folder, IsInput);
        BuiltFolder.Weave(folder, entry);
    });

    private int? FindRuntime(string entry)
    {
        var config = Path.ChangeExtension(Path.Combine(_app.Path, entry), ".runtimeconfig.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(config));
        if (!document.RootElement.TryGetProperty("runtimeOptions", out var options))
        {
            return null;
        }

        var frameworks = options.TryGetProperty("frameworks", out var several) ? several.EnumerateArray()
            : options.TryGetProperty("framework", out var one) ? new[] { one }.AsEnumerable()
            : [];
        return frameworks.Select(framework => Version.TryParse(framework.GetProperty("version").GetString()?.Split('-')[0], out var version) ? version.Major : 0)
            .DefaultIfEmpty(0)
            .Max();
    }
}
