using System.Text.Encodings.Web;
using System.Text.Json;
using Rowhouse.Benchmarks.Suites;

namespace Rowhouse.Benchmarks.Reporting;

/// <summary>Figures for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IEnumerable<Figure> figures) =>
        JsonSerializer.Serialize(figures.Select(figure => new Entry(figure.Row.Name, figure.Measured?.Value, figure.Row.Unit, figure.MustReach, figure.IsOk)), Options);

    private sealed record Entry(string Name, double? Value, string Unit, string MustReach, bool Ok);
}
