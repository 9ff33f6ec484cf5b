using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rowhouse.Sessions;

/// <summary>Values as JSON.</summary>
internal static class SessionJson
{
    public static T? Read<T>(string key, byte[]? bytes) => Read<T>(key, bytes, json => JsonSerializer.Deserialize<T>(json));

    public static T? Read<T>(string key, byte[]? bytes, JsonTypeInfo<T> type) => Read<T>(key, bytes, json => JsonSerializer.Deserialize(json, type));

    public static byte[]? Write<T>(T? value) => value is null ? null : JsonSerializer.SerializeToUtf8Bytes(value);

    public static byte[]? Write<T>(T? value, JsonTypeInfo<T> type) => value is null ? null : JsonSerializer.SerializeToUtf8Bytes(value, type!);

    private static T? Read<T>(string key, byte[]? bytes, Func<byte[], T?> read)
    {
        if (bytes is null)
        {
            return default;
        }

        try
        {
            return read(bytes);
        }
        catch (JsonException e)
        {
            throw SessionsErrors.BadJson(key, typeof(T), e);
        }
    }
}
