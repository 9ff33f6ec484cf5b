using Rowhouse.Configuration;

namespace Rowhouse.Cli.Config;

/// <summary>What <c>config show --json</c> prints of one value. A secret is shown by its name or masked.</summary>
internal sealed record ConfigValueRow(string Key, string Value, bool IsSecret, string Source)
{
    public static ConfigValueRow Of(AppConfigValue value, string root)
    {
        var source = value.Source.ToString();
        return new ConfigValueRow(
            ConfigKey.Print(value.Key),
            value.Shown,
            value.IsSecret,
            source.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? source[(root.Length + 1)..] : source);
    }
}
