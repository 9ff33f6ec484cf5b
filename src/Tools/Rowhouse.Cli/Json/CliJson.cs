using System.Text.Json;
using System.Text.Json.Serialization;
using Rowhouse.Cli.Config;
using Rowhouse.Cli.Doctor;
using Rowhouse.Cli.Sessions;
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
        typeof(LowerCaseEnumConverter<FindingLevel>),
    ])]
[JsonSerializable(typeof(IReadOnlyList<AppStatus>))]
[JsonSerializable(typeof(IReadOnlyList<AppBuildResult>))]
[JsonSerializable(typeof(IReadOnlyList<ConfigCheckResult>))]
[JsonSerializable(typeof(IReadOnlyList<ConfigValueRow>))]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<SessionRow>))]
[JsonSerializable(typeof(ServerVersion))]
[JsonSerializable(typeof(SessionCopy))]
[JsonSerializable(typeof(SessionDetails))]
[JsonSerializable(typeof(ToolVersion))]
internal sealed partial class CliJson : JsonSerializerContext;
