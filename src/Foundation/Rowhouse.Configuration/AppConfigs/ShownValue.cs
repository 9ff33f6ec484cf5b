using System.Text.RegularExpressions;

namespace Rowhouse.Configuration;

/// <summary>Masks what is, or by its name or form may be, a password.</summary>
internal static partial class ShownValue
{
    public const string Mask = "***";

    private static readonly string[] SecretNames =
        ["password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey", "privatekey", "signingkey", "encryptionkey", "credential"];

    /// <summary>The value fit for a screen or a log.</summary>
    public static string Of(string key, string text)
    {
        if (text.Length == 0 || SecretReference.IsWhole(text))
        {
            return text;
        }

        // Also `tokens:0` and `[secrets] stripe`: what is under such a name.
        if (Array.Exists(ConfigKey.Normalize(key).Split(':'), IsSecretName))
        {
            return Mask;
        }

        var masked = PasswordInAddress().Replace(text, $"$1{Mask}@");
        return PasswordInConnectionString().Replace(masked, $"$1{Mask}");
    }

    private static bool IsSecretName(string name)
    {
        var letters = string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();
        return Array.Exists(SecretNames, secret => letters.EndsWith(secret, StringComparison.Ordinal) || letters.EndsWith(secret + "s", StringComparison.Ordinal));
    }

    // Up to the last '@' before white space: a password may hold '@' and '/'. What stands before its ':' is the user.
    [GeneratedRegex(@"(://[^\s:@/]*:)\S*@", RegexOptions.CultureInvariant)]
    private static partial Regex PasswordInAddress();

    // A value in quotes, in which a quote is doubled, or else all up to the ';' or the line end: a password may hold white space and '&'.
    [GeneratedRegex(@"((?:password|pwd|accountkey|sharedaccesskey)\s*=\s*)(?=[^;\r\n])(?:""(?:[^""]|"""")*""?|'(?:[^']|'')*'?)?[^;\r\n]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PasswordInConnectionString();
}
