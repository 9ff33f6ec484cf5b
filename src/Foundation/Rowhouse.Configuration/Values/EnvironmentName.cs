namespace Rowhouse.Configuration;

/// <summary>Names of environments become parts of file names (<c>appsettings.NAME.json</c>).</summary>
internal static class EnvironmentName
{
    public const string Allowed = "a name of 1 to 64 letters, digits, '-', '_' and '.', usually Development, Staging or Production";

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && name[0] != '.';
}
