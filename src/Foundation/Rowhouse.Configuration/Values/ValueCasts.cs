using System.Collections.Frozen;
using System.Globalization;

namespace Rowhouse.Configuration;

/// <summary>What each type takes. It is the one place that casts: the short form, options and the settings of Rowhouse itself all come here.</summary>
internal static class ValueCasts
{
    private static readonly string[] True = ["true", "yes", "on", "1"];
    private static readonly string[] False = ["false", "no", "off", "0"];
    private static readonly string[] TimesOfDay = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private static readonly FrozenDictionary<Type, ValueCast> Builtin = new Dictionary<Type, ValueCast>
    {
        [typeof(string)] = new SimpleCast<string>("a text", (string text, out string value) => (value = text) is not null),
        [typeof(bool)] = new SimpleCast<bool>("true, yes, on or 1, or else false, no, off, 0 or nothing", TryBool, [.. True, .. False]),
        [typeof(byte)] = new NumberCast<byte>(),
        [typeof(sbyte)] = new NumberCast<sbyte>(),
        [typeof(short)] = new NumberCast<short>(),
        [typeof(ushort)] = new NumberCast<ushort>(),
        [typeof(int)] = new NumberCast<int>(),
        [typeof(uint)] = new NumberCast<uint>(),
        [typeof(long)] = new NumberCast<long>(),
        [typeof(ulong)] = new NumberCast<ulong>(),
        [typeof(float)] = new SimpleCast<float>("a number such as 1.5", (string text, out float value) =>
            float.TryParse(text, Decimal, CultureInfo.InvariantCulture, out value) && float.IsFinite(value)),
        [typeof(double)] = new SimpleCast<double>("a number such as 1.5", (string text, out double value) =>
            double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out value) && double.IsFinite(value)),
        [typeof(decimal)] = new SimpleCast<decimal>("a number such as 1.5", (string text, out decimal value) =>
            decimal.TryParse(text, Decimal, CultureInfo.InvariantCulture, out value)),
        [typeof(char)] = new SimpleCast<char>("one character", char.TryParse),
        [typeof(TimeSpan)] = new SimpleCast<TimeSpan>("a time such as 20m, 1h30m or 1d (units d, h, m, s, ms), or 00:20:00", TryTimeSpan),
        [typeof(DurationOrOff)] = new SimpleCast<DurationOrOff>("a time such as 5m or 12h, or off", DurationOrOff.TryParse, "off"),
        [typeof(DateTimeOffset)] = new SimpleCast<DateTimeOffset>("a moment such as 2026-11-24T18:30:00Z or 2026-11-24T18:30+01:00", TryMoment),
        [typeof(DateTime)] = new SimpleCast<DateTime>("a date or moment such as 2026-11-24 or 2026-11-24T18:30:00Z", TryDateTime),
        [typeof(DateOnly)] = new SimpleCast<DateOnly>("a date such as 2026-11-24", (string text, out DateOnly value) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value)),
        [typeof(TimeOnly)] = new SimpleCast<TimeOnly>("a time of the day such as 18:30 or 18:30:15", (string text, out TimeOnly value) =>
            TimeOnly.TryParseExact(text, TimesOfDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out value)),
        [typeof(Guid)] = new SimpleCast<Guid>("a GUID such as 6f9619ff-8b86-d011-b42d-00cf4fc964ff", Guid.TryParse),
        [typeof(Uri)] = new SimpleCast<Uri>("a whole address such as https://example.com/", TryAddress),
        [typeof(ConnectionUri)] = new UriCast<ConnectionUri>("a connection URI such as postgres://USER:PASSWORD@HOST/DB or sqlite:NAME.sqlite", ConnectionUri.Parse),
        [typeof(ConnectionUris)] = new UriCast<ConnectionUris>("one or more connection URIs, separated by spaces or new lines", ConnectionUris.Parse),
    }.ToFrozenDictionary();

    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The cast for a type that is written as one text; null if it is none. Casts for types of apps are made anew: nothing here may keep them.</summary>
    public static ValueCast? Find(Type type)
    {
        if (Builtin.TryGetValue(type, out var cast))
        {
            return cast;
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Find(inner) is { } innerCast ? Make(typeof(NullableCast<>), inner, innerCast) : null;
        }

        if (type.IsEnum)
        {
            return Make(typeof(EnumCast<>), type);
        }

        var parsable = Array.Exists(type.GetInterfaces(), one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IParsable<>) && one.GenericTypeArguments[0] == type);
        return parsable ? Make(typeof(ParsableCast<>), type) : null;
    }

    private static ValueCast Make(Type open, Type type, params object[] arguments) => (ValueCast)Activator.CreateInstance(open.MakeGenericType(type), arguments)!;

    private static bool TryBool(string text, out bool value)
    {
        value = True.Contains(text, StringComparer.OrdinalIgnoreCase);
        return value || text.Length == 0 || False.Contains(text, StringComparer.OrdinalIgnoreCase);
    }

    // The standard form also takes '5' for five days, which nobody means.
    private static bool TryTimeSpan(string text, out TimeSpan value) => DurationText.TryParse(text, out value)
        || (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value));

    // A moment without its offset is another one on another machine.
    private static bool TryMoment(string text, out DateTimeOffset value)
    {
        value = default;
        return (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > "yyyy-MM-dd".Length)
            && DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
    }

    private static bool TryDateTime(string text, out DateTime value) =>
        DateTime.TryParseExact(text, [.. Moments, "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out value);

    // On Unix '/x' would pass for a file.
    private static bool TryAddress(string text, out Uri value)
    {
        value = null!;
        return !text.StartsWith('/') && Uri.TryCreate(text, UriKind.Absolute, out value!);
    }
}
