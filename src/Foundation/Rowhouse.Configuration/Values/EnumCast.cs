namespace Rowhouse.Configuration;

/// <summary>An enum by the names of its members, without regard to case; several, separated by commas, if it is a set of flags.</summary>
internal sealed class EnumCast<T> : ValueCast<T>
    where T : struct, Enum
{
    private static readonly bool IsFlags = typeof(T).IsDefined(typeof(FlagsAttribute), inherit: false);

    public override string Allowed => (IsFlags ? "one or more, separated by commas, of " : "one of ") + string.Join(", ", Words);

    public override IReadOnlyList<string> Words => Enum.GetNames<T>();

    public override string? TryCast(string text, out T value)
    {
        // Enum.Parse also takes numbers, and names of members that do not exist cannot be told from them.
        var names = IsFlags ? text.Split(',', StringSplitOptions.TrimEntries) : [text];
        var areNames = Array.TrueForAll(names, name => Words.Contains(name, StringComparer.OrdinalIgnoreCase));
        value = default;
        return areNames && Enum.TryParse(text, ignoreCase: true, out value) ? null : "";
    }
}
