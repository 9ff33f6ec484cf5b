using System.Text.Json;
using System.Text.Json.Serialization;
using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary>What <c>--json</c> prints and the management socket answers. Names and types are part of the interface.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    Converters =
    [
        typeof(LowerCaseEnumConverter<AppKind>),
        typeof(LowerCaseEnumConverter<AppState>),
        typeof(LowerCaseEnumConverter<AppIsolation>),
        typeof(LowerCaseEnumConverter<BuildSeverity>),
    ])]
[JsonSerializable(typeof(IReadOnlyList<AppStatus>))]
[JsonSerializable(typeof(IReadOnlyList<AppBuildResult>))]
[JsonSerializable(typeof(ServerVersion))]
[JsonSerializable(typeof(ToolVersion))]
internal sealed partial class CliJson : JsonSerializerContext;
