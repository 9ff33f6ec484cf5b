using System.Globalization;
using System.Numerics;

namespace Rowhouse.Configuration;

/// <summary>Whole numbers, also as sizes: <c>512MB</c> is 536870912.</summary>
internal sealed class NumberCast<T> : ValueCast<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    public override string Allowed { get; } =
        $"a whole number from {T.MinValue.ToString(null, CultureInfo.InvariantCulture)} to {T.MaxValue.ToString(null, CultureInfo.InvariantCulture)}, or a size such as 512MB (units B, KB, MB, GB; 1 KB = 1024 bytes)";

    public override string? TryCast(string text, out T value)
    {
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            return null;
        }

        // A bare number that did not fit above does not fit as a size either.
        if (text.Length == 0 || char.IsAsciiDigit(text[^1]) || !SizeText.TryParse(text, out var bytes))
        {
            return "";
        }

        try
        {
            value = T.CreateChecked(bytes);
            return null;
        }
        catch (OverflowException)
        {
            return "";
        }
    }
}
