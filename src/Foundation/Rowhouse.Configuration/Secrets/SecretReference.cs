using System.Text.RegularExpressions;

namespace Rowhouse.Configuration;

/// <summary>How a value names a secret: <c>secret:NAME</c> in the place of the value, or <c>{secret:NAME}</c> within it.</summary>
internal static partial class SecretReference
{
    public const string AllowedNames = "1 to 128 letters, digits, '-', '_' and '.', or the whole path of a file, from '/' on";

    private const string Start = "secret:";

    /// <summary>Whether the whole value is a secret.</summary>
    public static bool IsWhole(string text) => text.StartsWith(Start, StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace);

    /// <summary>The name, where <see cref="IsWhole"/> holds.</summary>
    public static string NameOf(string text) => text[Start.Length..];

    public static bool IsName(string name) => Name().IsMatch(name);

    public static bool IsIn(string text) => Embedded().IsMatch(text);

    /// <summary>Puts something in the place of each <c>{secret:NAME}</c>.</summary>
    public static string Replace(string text, Func<string, string> find) => Embedded().Replace(text, match => find(match.Groups[1].Value));

    [GeneratedRegex(@"\{secret:([^{}\s]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Embedded();

    [GeneratedRegex(@"^(/[^\0]{1,1024}|[A-Za-z0-9._-]{1,128})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
