using System.Text.Json.Serialization;

namespace Rowhouse.Hosting.Building;

[JsonSerializable(typeof(BuildManifest))]
[JsonSourceGenerationOptions(WriteIndented = true)]
internal sealed partial class BuildManifestJson : JsonSerializerContext;
