using System.Globalization;

namespace Rowhouse.Configuration;

/// <summary>Any type that reads itself from a text: those of .NET, and an app's own.</summary>
internal sealed class ParsableCast<T> : ValueCast<T>
    where T : IParsable<T>
{
    public override string Allowed => $"a {typeof(T).Name}";

    public override string? TryCast(string text, out T? value)
    {
        if (T.TryParse(text, CultureInfo.InvariantCulture, out value))
        {
            return null;
        }

        value = default;
        return "";
    }
}
