using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Rowhouse.Hosting.Building.Sources;

/// <summary>
/// What MSBuild would hand to the Razor generator. The names are those of the Razor SDK's targets
/// (Microsoft.NET.Sdk.Razor.SourceGenerators.targets).
/// </summary>
internal sealed class RazorOptions : AnalyzerConfigOptionsProvider
{
    private readonly Options _global;

    public RazorOptions(string rootNamespace, string folder)
    {
        _global = new Options(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["build_property.RazorLangVersion"] = "10.0",
            ["build_property.RazorConfiguration"] = "MVC-3.0",
            ["build_property.RootNamespace"] = rootNamespace,
            ["build_property.MSBuildProjectDirectory"] = folder,
            ["build_property.ProjectDir"] = folder + "/",
            ["build_property.GenerateRazorMetadataSourceChecksumAttributes"] = "",
            ["build_property.SupportLocalizedComponentNames"] = "",
            ["build_property.EnableRazorHostOutputs"] = "",
        });
    }

    public override AnalyzerConfigOptions GlobalOptions => _global;

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => Options.Empty;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        textFile is RazorText razor
            ? new Options(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["build_metadata.AdditionalFiles.TargetPath"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(razor.RelativePath)),
            })
            : Options.Empty;

    private sealed class Options : AnalyzerConfigOptions
    {
        public static readonly Options Empty = new([]);

        private readonly Dictionary<string, string> _values;

        public Options(Dictionary<string, string> values)
        {
            _values = values;
        }

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => _values.TryGetValue(key, out value);
    }
}
