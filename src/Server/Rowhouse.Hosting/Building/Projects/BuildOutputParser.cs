using System.Globalization;
using System.Text.RegularExpressions;

namespace Rowhouse.Hosting.Building.Projects;

/// <summary>Finds the diagnostics in what MSBuild prints, by its canonical error format.</summary>
/// <remarks>https://learn.microsoft.com/visualstudio/msbuild/msbuild-diagnostic-format-for-tasks</remarks>
internal static partial class BuildOutputParser
{
    public static IReadOnlyList<BuildDiagnostic> Parse(IEnumerable<string> lines, string projectFolder) =>
        [.. lines.Select(line => Parse(line, projectFolder)).OfType<BuildDiagnostic>().Distinct()];

    private static BuildDiagnostic? Parse(string line, string projectFolder)
    {
        var match = Diagnostic().Match(line);
        if (!match.Success)
        {
            return null;
        }

        var file = match.Groups["file"].Value;
        return new BuildDiagnostic(
            match.Groups["severity"].Value == "error" ? BuildSeverity.Error : BuildSeverity.Warning,
            match.Groups["code"].Value,
            file.Length == 0 || file is "MSBUILD" or "CSC" ? "" : Path.GetFullPath(file, projectFolder),
            Number(match.Groups["line"]),
            Number(match.Groups["column"]),
            match.Groups["message"].Value);
    }

    private static int Number(Group group) => int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(
        @"^\s*(?<file>[^:(]*?|[A-Za-z]:[^:(]*?)\s*(\((?<line>\d+)(,(?<column>\d+))?(,\d+,\d+)?\))?\s*:\s*(?<severity>error|warning)\s+(?<code>[A-Za-z]+\d+)?\s*:\s*(?<message>.*?)(\s+\[[^\]]*proj(::[^\]]*)?\])?$",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Diagnostic();
}
