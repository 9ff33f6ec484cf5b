using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rowhouse.Cli;

/// <summary>Writes an enum as <c>running</c>, not as <c>Running</c> or 2.</summary>
internal sealed class LowerCaseEnumConverter<TEnum> : JsonStringEnumConverter<TEnum>
    where TEnum : struct, Enum
{
    public LowerCaseEnumConverter()
        : base(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    {
    }
}
