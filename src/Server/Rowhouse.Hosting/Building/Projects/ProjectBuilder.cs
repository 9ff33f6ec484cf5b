using Rowhouse.Hosting.Building.Weaving;
using Rowhouse.Hosting.Running;

namespace Rowhouse.Hosting.Building.Projects;

/// <summary>
/// Builds a project app with the SDK: <c>dotnet build</c> during development, where static assets stay in place and a build is quick;
/// <c>dotnet publish</c> otherwise, whose output needs nothing of the sources.
/// </summary>
internal sealed class ProjectBuilder : IAppBuilder
{
    private static readonly TimeSpan BuildTimeout = TimeSpan.FromMinutes(10);

    // One at a time: a build uses all cores by itself.
    private static readonly SemaphoreSlim Builds = new(1);

    private readonly AppFolder _app;
    private readonly bool _development;
    private readonly BuildStore _store;

    public ProjectBuilder(ServerRoot root, AppFolder app, bool development)
    {
        _app = app;
        _development = development;
        _store = new BuildStore(root, app.Name);
    }

    public async Task<BuildResult> BuildAsync(CancellationToken cancellationToken)
    {
        if (_app.ProjectFile is not { } project)
        {
            return BuildResult.Failure(HostingErrors.EmptyApp(_app.Name, _app.Path));
        }

        var id = ProjectInputs.Hash(project, $"project|{(_development ? "debug|" + _app.Path : "release")}|{AssemblyWeaver.Version}");
        if (_store.Find(id, _app.Path) is { } known)
        {
            return BuildResult.Success(Complete(known));
        }

        if (await DotnetSdk.VersionAsync.ConfigureAwait(false) is null)
        {
            return BuildResult.Failure(HostingErrors.NoSdk(_app.Name), project);
        }

        await Builds.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await BuildAsync(project, id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Builds.Release();
        }
    }

    public bool IsInput(string relativePath) => ProjectInputs.IsInput(relativePath) || ChangeKinds.IsConfiguration(relativePath);

    public void Forget()
    {
        // MSBuild keeps its own state on disk.
    }

    private async Task<BuildResult> BuildAsync(string project, string id, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(BuildTimeout);
        Directory.CreateDirectory(_store.WorkFolder);
        var (exitCode, lines) = await DotnetSdk.RunAsync(_app.Path, Arguments(project), limit.Token).ConfigureAwait(false);
        var diagnostics = BuildOutputParser.Parse(lines, _app.Path);
        if (exitCode != 0)
        {
            return diagnostics.Any(diagnostic => diagnostic.Severity == BuildSeverity.Error)
                ? BuildResult.Failure(diagnostics)
                : BuildResult.Failure(HostingErrors.BuildFailed(_app.Name, string.Join(" | ", lines.Where(line => line.Length > 0).TakeLast(5))), project);
        }

        var output = Path.Combine(_store.WorkFolder, _development ? "bin" : "publish", Path.GetFileNameWithoutExtension(project), _development ? "debug" : "release");
        if (BuiltFolder.FindEntry(output) is not { } entry)
        {
            return BuildResult.Failure(HostingErrors.NoOutput(_app.Name, output), project);
        }

        var build = await _store.AddAsync(id, entry, _app.Path, diagnostics, folder => CopyAsync(output, folder, entry), cancellationToken).ConfigureAwait(false);
        return BuildResult.Success(Complete(build));
    }

    private string[] Arguments(string project) =>
    [
        _development ? "build" : "publish", project, "--configuration", _development ? "Debug" : "Release",
        "--artifacts-path", _store.WorkFolder, "--nologo", "--verbosity", "quiet", "-consoleLoggerParameters:NoSummary", "-nodeReuse:false",
        "-property:UseAppHost=false", "-property:SelfContained=false", "-property:GenerateFullPaths=true",
    ];

    private AppBuild Complete(AppBuild build)
    {
        var name = Path.GetFileNameWithoutExtension(build.EntryAssembly);
        var manifest = Path.Combine(build.Folder, name + ".staticwebassets.runtime.json");
        var webRoot = Path.Combine(build.Folder, "wwwroot");
        return build with
        {
            StaticAssetsManifest = _development && File.Exists(manifest) ? manifest : null,
            WebRoot = !_development && Directory.Exists(webRoot) ? webRoot : null,
        };
    }

    private Task CopyAsync(string output, string folder, string entry) => Task.Run(() =>
    {
        FolderCopy.Copy(output, folder, file => !IsPublishedLink(file));
        BuiltFolder.Weave(folder, entry);
    });

    // `dotnet publish` has copied what links lead to, and compressed it as well.
    private bool IsPublishedLink(string file)
    {
        var webRoot = Path.Combine(_app.Path, "wwwroot");
        var source = Path.Combine(_app.Path, file);
        return file.StartsWith("wwwroot/", StringComparison.Ordinal)
            && (WebLinks.Follow(webRoot, source) is null || (Path.GetExtension(file) is ".gz" or ".br" && WebLinks.Follow(webRoot, Path.ChangeExtension(source, null)) is null));
    }
}
