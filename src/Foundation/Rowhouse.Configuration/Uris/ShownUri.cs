using System.Text.RegularExpressions;

namespace Rowhouse.Configuration;

/// <summary>
/// Makes a text that should be a connection URI fit for an error message. What was meant as a password cannot be known for sure in a text
/// that does not parse, so everything that may be one is left out.
/// </summary>
internal static partial class ShownUri
{
    private const string Mask = "***";

    public static string Of(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon < 0 ? null : ConnectionScheme.Find(text[..colon]);
        if (scheme is null)
        {
            // Perhaps a connection string of the old kind, perhaps the password itself.
            return "…";
        }

        var rest = MaskUser(scheme, text[(colon + 1)..]);
        return ShownText.Clean(text[..(colon + 1)] + MaskOptions(scheme, rest));
    }

    private static string MaskUser(ConnectionScheme scheme, string rest)
    {
        var slashes = rest.Length - rest.TrimStart('/').Length;
        if (!scheme.HasHosts && slashes < 2)
        {
            return rest;
        }

        // A password may hold any of the characters that would end it, so it goes up to the last '@' of the whole text.
        var at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            return $"{rest[..Math.Min(slashes, at)]}{Mask}{rest[at..]}";
        }

        // The '@' may have been forgotten: then the password stands where a port is expected.
        var authority = rest.AsSpan(slashes);
        var end = authority.IndexOfAny('/', '?');
        var wrong = WrongPort().Match(BracketedAddress().Replace(authority[..(end < 0 ? authority.Length : end)].ToString(), address => new string('x', address.Length)));
        return wrong.Success ? $"{rest[..(slashes + wrong.Index)]}:{Mask}" : rest;
    }

    private static string MaskOptions(ConnectionScheme scheme, string rest)
    {
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
        {
            return rest;
        }

        var options = rest[(question + 1)..].Split('&').Select(option =>
        {
            var name = option.Split('=')[0];
            return name == ConnectionUris.OrderOption || scheme.FindOption(name) is not null || name.Length == option.Length ? option : $"{name}={Mask}";
        });
        return $"{rest[..(question + 1)]}{string.Join('&', options)}";
    }

    [GeneratedRegex(@":(?!\d{0,9}(,|$))", RegexOptions.CultureInvariant)]
    private static partial Regex WrongPort();

    [GeneratedRegex(@"\[[0-9A-Fa-f:.]*\]", RegexOptions.CultureInvariant)]
    private static partial Regex BracketedAddress();
}
