using System.Text;

namespace Rowhouse.Configuration;

/// <summary>Makes a text that came from outside fit for an error message: short, printable, without a password or a user name.</summary>
internal static class ShownText
{
    private const int MaxLength = 200;

    public static string Of(string text)
    {
        var password = text.IndexOf("password=", StringComparison.OrdinalIgnoreCase);
        var shown = password < 0 ? text : string.Concat(text.AsSpan(0, password), "password=…");
        var user = shown.IndexOf("://", StringComparison.Ordinal) + 3;
        var at = user < 3 ? -1 : shown.LastIndexOf('@');
        shown = at < user ? shown : string.Concat(shown.AsSpan(0, user), "…", shown.AsSpan(at));
        return Clean(shown);
    }

    /// <summary>The text, short and printable; for a text that holds no secret.</summary>
    public static string Clean(string text)
    {
        var shown = text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "…");
        return string.Concat(shown.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? "\uFFFD" : rune.ToString()));
    }
}
