using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Rowhouse.Hosting.Building.Sources;

/// <content>Changed views alone, compiled beside a running app.</content>
internal sealed partial class SourceCompilation
{
    // What the running app shows: the views it was compiled with, and those that have replaced them since.
    private Dictionary<string, SourceText> _viewsInForce = [];
    private SourceSnapshot? _snapshotOfApp;
    private CSharpCompilation? _viewsCompilation;

    /// <summary>
    /// Whether going from the compiled app to <paramref name="snapshot"/> changes nothing but views that can be replaced in a running
    /// app: no C#, no file that comes or goes, no imports that touch many views, no Razor page (its route is fixed at start), no component.
    /// </summary>
    public bool ChangesOnlyViews(SourceSnapshot snapshot)
    {
        if (_snapshotOfApp is null || snapshot.Files.Count != _snapshotOfApp.Files.Count)
        {
            return false;
        }

        foreach (var file in snapshot.Files.Values)
        {
            if (!_snapshotOfApp.Files.TryGetValue(file.RelativePath, out var old))
            {
                return false;
            }

            if (!ReferenceEquals(old, file) && !old.Hash.AsSpan().SequenceEqual(file.Hash) && !IsReplaceable(file))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Compiles the views that differ from what the running app shows into one assembly that goes with <paramref name="appAssembly"/>.
    /// Those of earlier calls go on serving from theirs: the price of a save does not grow with the saves before it.
    /// </summary>
    public CompileOutput CompileViews(SourceSnapshot snapshot, string appAssembly, CancellationToken cancellationToken)
    {
        Update(snapshot);
        _driver = _driver.RunGenerators(_compilation, cancellationToken);
        var run = _driver.GetRunResult();
        var changed = run.Results
            .SelectMany(result => result.GeneratedSources)
            .Where(source => !_viewsInForce.TryGetValue(source.HintName, out var old) || !old.ContentEquals(source.SourceText))
            .ToList();

        _viewsCompilation ??= CSharpCompilation.Create(
            ViewsAssembly,
            [Parse(DefaultProgram.Usings(), DefaultProgram.ShellFileName)],
            CompilerParts.References.Add(MetadataReference.CreateFromFile(appAssembly)),
            Options(_development)
                .WithOutputKind(OutputKind.DynamicallyLinkedLibrary)
                .WithMetadataImportOptions(MetadataImportOptions.Internal)
                // The changed view is also in the app's assembly; the one in source is meant.
                .WithSpecificDiagnosticOptions(_compilation.Options.SpecificDiagnosticOptions.Add("CS0436", ReportDiagnostic.Suppress)));

        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = _viewsCompilation.AddSyntaxTrees(changed.Select(source => source.SyntaxTree))
            .Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb), cancellationToken: cancellationToken);
        var diagnostics = Describe(run.Diagnostics.Concat(result.Diagnostics)).ToList();
        var failed = !result.Success || diagnostics.Any(diagnostic => diagnostic.Severity == BuildSeverity.Error);
        if (failed)
        {
            return new CompileOutput(null, null, diagnostics);
        }

        changed.ForEach(source => _viewsInForce[source.HintName] = source.SourceText);
        return new CompileOutput(assembly.ToArray(), symbols.ToArray(), diagnostics);
    }

    /// <summary>Says which snapshot the app that runs was made of; views are compared with it from now on.</summary>
    public void RunsWith(SourceSnapshot snapshot) => _snapshotOfApp = snapshot;

    private static bool IsReplaceable(SourceFile file) =>
        file.Path.EndsWith(".cshtml", StringComparison.OrdinalIgnoreCase)
        && !Path.GetFileName(file.Path).Equals("_ViewImports.cshtml", StringComparison.OrdinalIgnoreCase)
        && !new RazorText(file.Path, file.RelativePath, file.Text).IsPage;

    private void RememberViews()
    {
        _viewsInForce = _driver.GetRunResult().Results
            .SelectMany(result => result.GeneratedSources)
            .ToDictionary(source => source.HintName, source => source.SourceText, StringComparer.Ordinal);
        _viewsCompilation = null;
        _snapshotOfApp = null;
    }
}
