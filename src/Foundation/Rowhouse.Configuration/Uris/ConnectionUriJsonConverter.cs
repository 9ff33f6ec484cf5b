using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rowhouse.Configuration;

/// <summary>Writes the URI without its password; the properties of the type would give it away.</summary>
internal sealed class ConnectionUriJsonConverter : JsonConverter<ConnectionUri>
{
    public override ConnectionUri Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ConnectionUri.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, ConnectionUri value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
