using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Rowhouse.Hosting.Building.Sources;

/// <summary>
/// The compiler's view of one app. Trees, the compilation and the generators' driver live on between compiles, so that a compile
/// after a save costs what changed.
/// </summary>
internal sealed partial class SourceCompilation
{
    private static readonly string[] Symbols =
        ["TRACE", "NET", "NETCOREAPP", "NET10_0", .. Enumerable.Range(5, 6).Select(version => $"NET{version}_0_OR_GREATER")];

    private readonly string _name;
    private readonly string _folder;
    private readonly string _rootNamespace;
    private readonly bool _development;
    private readonly CSharpParseOptions _parseOptions;
    private readonly Dictionary<string, (SourceFile File, SyntaxTree Tree)> _trees = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (SourceFile File, RazorText Text)> _razor = new(StringComparer.Ordinal);

    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;
    private SyntaxTree? _defaultProgram;

    public SourceCompilation(string name, string folder, bool development)
    {
        _name = name;
        _folder = folder;
        _development = development;
        _rootNamespace = Identifiers.NamespaceOf(name);
        _parseOptions = new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.None, SourceCodeKind.Regular, development ? [.. Symbols, "DEBUG"] : Symbols)
            .WithFeatures([new("use-roslyn-tokenizer", "true"), new("InterceptorsNamespaces", ";Microsoft.Extensions.Validation.Generated")]);
        _compilation = CSharpCompilation.Create(name, [Parse(DefaultProgram.Shell(ViewsAssembly), DefaultProgram.ShellFileName)], CompilerParts.References, Options(development));
        _driver = CSharpGeneratorDriver.Create(CompilerParts.Generators, [], _parseOptions, new RazorOptions(_rootNamespace, folder));
    }

    /// <summary>The name of the assembly of views that were changed after the app was compiled.</summary>
    public string ViewsAssembly => _name + "~views";

    /// <summary>Compiles <paramref name="snapshot"/> to an assembly and its symbols.</summary>
    public CompileOutput Compile(SourceSnapshot snapshot, CancellationToken cancellationToken)
    {
        Update(snapshot);
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out var complete, out var generatorDiagnostics, cancellationToken);
        RememberViews();

        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = complete.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb), cancellationToken: cancellationToken);
        var diagnostics = Describe(generatorDiagnostics.Concat(result.Diagnostics)).Concat(FindScopedStyles()).ToList();
        var failed = !result.Success || diagnostics.Any(diagnostic => diagnostic.Severity == BuildSeverity.Error);
        return failed ? new CompileOutput(null, null, diagnostics) : new CompileOutput(assembly.ToArray(), symbols.ToArray(), diagnostics);
    }

    private static CSharpCompilationOptions Options(bool development) => new(
        OutputKind.ConsoleApplication,
        optimizationLevel: development ? OptimizationLevel.Debug : OptimizationLevel.Release,
        nullableContextOptions: NullableContextOptions.Enable,
        deterministic: true,
        concurrentBuild: true,
        metadataImportOptions: MetadataImportOptions.Public,
        specificDiagnosticOptions:
        [
            new("CS1701", ReportDiagnostic.Suppress), // assembly versions are unified, as in an SDK build
            new("CS1702", ReportDiagnostic.Suppress),
            new("CS8002", ReportDiagnostic.Suppress),
            new("CS8019", ReportDiagnostic.Suppress),
        ]);

    private void Update(SourceSnapshot snapshot)
    {
        foreach (var file in snapshot.Files.Values)
        {
            if (file.IsCSharp)
            {
                UpdateTree(file);
            }
            else
            {
                UpdateRazor(file);
            }
        }

        foreach (var gone in _trees.Keys.Where(path => !snapshot.Files.ContainsKey(path)).ToList())
        {
            _compilation = _compilation.RemoveSyntaxTrees(_trees[gone].Tree);
            _trees.Remove(gone);
        }

        foreach (var gone in _razor.Keys.Where(path => !snapshot.Files.ContainsKey(path)).ToList())
        {
            _driver = _driver.RemoveAdditionalTexts([_razor[gone].Text]);
            _razor.Remove(gone);
        }

        UpdateDefaultProgram();
    }

    private void UpdateTree(SourceFile file)
    {
        if (!_trees.TryGetValue(file.RelativePath, out var known))
        {
            var tree = Parse(file.Text, PathInSymbols(file));
            _compilation = _compilation.AddSyntaxTrees(tree);
            _trees[file.RelativePath] = (file, tree);
        }
        else if (!ReferenceEquals(known.File, file))
        {
            var tree = Parse(file.Text, PathInSymbols(file));
            _compilation = _compilation.ReplaceSyntaxTree(known.Tree, tree);
            _trees[file.RelativePath] = (file, tree);
        }
    }

    private void UpdateRazor(SourceFile file)
    {
        if (_razor.TryGetValue(file.RelativePath, out var known) && ReferenceEquals(known.File, file))
        {
            return;
        }

        var text = new RazorText(PathInSymbols(file), file.RelativePath, file.Text);
        _driver = known.Text is null ? _driver.AddAdditionalTexts([text]) : _driver.ReplaceAdditionalText(known.Text, text);
        _razor[file.RelativePath] = (file, text);
    }

    private void UpdateDefaultProgram()
    {
        if (_defaultProgram is not null)
        {
            _compilation = _compilation.RemoveSyntaxTrees(_defaultProgram);
            _defaultProgram = null;
        }

        if (!_trees.Values.Any(entry => HasEntryPoint(entry.Tree)))
        {
            _defaultProgram = Parse(DefaultProgram.Source(_rootNamespace, _razor.ContainsKey("Components/App.razor")), DefaultProgram.FileName);
            _compilation = _compilation.AddSyntaxTrees(_defaultProgram);
        }
    }

    private static bool HasEntryPoint(SyntaxTree tree)
    {
        var root = tree.GetCompilationUnitRoot();
        return root.Members.Any(member => member is GlobalStatementSyntax)
            || root.DescendantNodes(node => node is not BlockSyntax)
                .OfType<MethodDeclarationSyntax>()
                .Any(method => method.Identifier.ValueText == "Main" && method.Modifiers.Any(SyntaxKind.StaticKeyword));
    }

    private SyntaxTree Parse(string text, string path) => Parse(SourceText.From(text, Encoding.UTF8, SourceHashAlgorithm.Sha256), path);

    private SyntaxTree Parse(SourceText text, string path) => CSharpSyntaxTree.ParseText(text, _parseOptions, path);

    // In development a debugger wants the real file; what is packed must not tell where it was built.
    private string PathInSymbols(SourceFile file) => _development ? file.Path : $"/_/{_name}/{file.RelativePath}";

    private string PathOnDisk(string path)
    {
        var prefix = $"/_/{_name}/";
        return !_development && path.StartsWith(prefix, StringComparison.Ordinal) ? Path.Combine(_folder, path[prefix.Length..]) : path;
    }

    private IEnumerable<BuildDiagnostic> Describe(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed)
            .Select(diagnostic =>
            {
                // The mapped span honours #line, and so names the .cshtml and not the C# made of it.
                var span = diagnostic.Location.GetMappedLineSpan();
                return new BuildDiagnostic(
                    diagnostic.Severity == DiagnosticSeverity.Error ? BuildSeverity.Error : BuildSeverity.Warning,
                    diagnostic.Id,
                    span.IsValid ? PathOnDisk(span.Path) : "",
                    span.IsValid ? span.StartLinePosition.Line + 1 : 0,
                    span.IsValid ? span.StartLinePosition.Character + 1 : 0,
                    diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
            })
            .Distinct()
            .OrderByDescending(diagnostic => diagnostic.Severity)
            .ThenBy(diagnostic => diagnostic.File, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Line)
            .ThenBy(diagnostic => diagnostic.Column);

    private IEnumerable<BuildDiagnostic> FindScopedStyles() =>
        _razor.Values
            .Select(entry => entry.File.Path + ".css")
            .Where(File.Exists)
            .Select(HostingErrors.ScopedCss);
}
