using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rowhouse.Configuration;

/// <summary>Writes the list without passwords, as one text.</summary>
internal sealed class ConnectionUrisJsonConverter : JsonConverter<ConnectionUris>
{
    public override ConnectionUris Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ConnectionUris.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, ConnectionUris value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
