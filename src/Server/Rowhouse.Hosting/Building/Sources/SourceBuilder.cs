using Rowhouse.Hosting.Building.Weaving;

namespace Rowhouse.Hosting.Building.Sources;

/// <summary>Compiles a source app in process.</summary>
internal sealed class SourceBuilder : IAppBuilder
{
    // As many compiles at once as there are cores: each is CPU-bound and holds much memory.
    private static readonly SemaphoreSlim Compiles = new(Environment.ProcessorCount);

    private readonly AppFolder _app;
    private readonly bool _development;
    private readonly BuildStore _store;

    private SourceSnapshot? _snapshot;
    private SourceCompilation? _compilation;
    private string? _compiledId;

    public SourceBuilder(ServerRoot root, AppFolder app, bool development)
    {
        _app = app;
        _development = development;
        _store = new BuildStore(root, app.Name);
    }

    public async Task<BuildResult> BuildAsync(CancellationToken cancellationToken)
    {
        _snapshot = await SourceSnapshot.ReadAsync(_app.Path, _snapshot, cancellationToken).ConfigureAwait(false);
        var id = _snapshot.Hash($"source|{_app.Name}|{(_development ? "debug|" + _app.Path : "release")}|{CompilerParts.Identity}|{AssemblyWeaver.Version}");
        if (_store.Find(id, _app.Path) is { } known)
        {
            return BuildResult.Success(known);
        }

        var output = await CompileAsync(compilation => compilation.Compile(_snapshot, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (output.Assembly is null)
        {
            return BuildResult.Failure(output.Diagnostics);
        }

        var entry = _app.Name + ".dll";
        var build = await _store.AddAsync(id, entry, _app.Path, output.Diagnostics, folder => WriteAsync(folder, output, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        _compilation!.RunsWith(_snapshot);
        _compiledId = id;
        return BuildResult.Success(build);
    }

    /// <summary>
    /// Compiles only the changed views, if nothing but views differs from <paramref name="running"/>; null if more has changed,
    /// or if that build is not this compiler's last.
    /// </summary>
    public async Task<CompileOutput?> BuildViewsAsync(AppBuild running, CancellationToken cancellationToken)
    {
        if (_compilation is null || running.Id != _compiledId)
        {
            return null;
        }

        var snapshot = await SourceSnapshot.ReadAsync(_app.Path, _snapshot, cancellationToken).ConfigureAwait(false);
        if (!_compilation.ChangesOnlyViews(snapshot))
        {
            return null;
        }

        _snapshot = snapshot;
        return await CompileAsync(compilation => compilation.CompileViews(snapshot, running.EntryAssembly, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public bool IsInput(string relativePath)
    {
        var slash = relativePath.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return SourceFiles.IsSource(relativePath) || ChangeKinds.IsConfiguration(relativePath);
        }

        return !SourceFiles.IsLeftOutAtTop(relativePath[..slash]) ? SourceFiles.IsSource(relativePath) : ChangeKinds.IsConfiguration(relativePath);
    }

    public void Forget()
    {
        _compilation = null;
        _snapshot = null;
    }

    private async Task<CompileOutput> CompileAsync(Func<SourceCompilation, CompileOutput> compile, CancellationToken cancellationToken)
    {
        await Compiles.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                () =>
                {
                    _compilation ??= new SourceCompilation(_app.Name, _app.Path, _development);
                    return compile(_compilation);
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Compiles.Release();
        }
    }

    private async Task WriteAsync(string folder, CompileOutput output, CancellationToken cancellationToken)
    {
        var assembly = Path.Combine(folder, _app.Name + ".dll");
        await File.WriteAllBytesAsync(assembly, output.Assembly!, cancellationToken).ConfigureAwait(false);
        await File.WriteAllBytesAsync(Path.ChangeExtension(assembly, ".pdb"), output.Symbols!, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(folder, _app.Name + ".runtimeconfig.json"), RuntimeConfig, cancellationToken).ConfigureAwait(false);
        AssemblyWeaver.Weave(assembly);
    }

    private const string RuntimeConfig = """
        {
          "runtimeOptions": {
            "tfm": "net10.0",
            "frameworks": [
              { "name": "Microsoft.NETCore.App", "version": "10.0.0" },
              { "name": "Microsoft.AspNetCore.App", "version": "10.0.0" }
            ],
            "configProperties": { "System.GC.Server": true }
          }
        }

        """;
}
