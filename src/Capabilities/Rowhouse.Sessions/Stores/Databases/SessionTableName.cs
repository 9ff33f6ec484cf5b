using System.Security.Cryptography;
using System.Text;

namespace Rowhouse.Sessions;

/// <summary>The table of an app. With <c>_expires</c> behind it, it has at most the 63 characters that PostgreSQL keeps of a name.</summary>
internal static class SessionTableName
{
    private const string Prefix = "rowhouse_session_";
    private const int MaxPlain = 36;
    private const int MaxShown = 18;
    private const int HashDigits = 16;

    /// <summary>
    /// The name of the app where it is one for a table as well; else what is left of it, two underscores (which the first kind does not have) and a
    /// hash, so that two apps never share a table.
    /// </summary>
    public static string Of(string app)
    {
        if (app.Length <= MaxPlain && app.All(IsPlain) && !app.Contains("__", StringComparison.Ordinal))
        {
            return Prefix + app;
        }

        var shown = string.Concat(app.ToLowerInvariant().Where(IsPlain).Take(MaxShown)).Replace("__", "_", StringComparison.Ordinal);
        return $"{Prefix}{shown}__{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(app)))[..HashDigits]}";
    }

    private static bool IsPlain(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_';
}
