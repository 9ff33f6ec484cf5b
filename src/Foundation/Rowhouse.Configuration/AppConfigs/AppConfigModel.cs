namespace Rowhouse.Configuration;

/// <summary>An app's whole configuration at one moment: every value that holds, and everything that is wrong.</summary>
internal sealed class AppConfigModel
{
    private readonly Dictionary<string, AppConfigValue> _values;

    public AppConfigModel(AppConfigPlace place, IEnumerable<AppConfigValue> values, IReadOnlyList<string> problems, IReadOnlyList<string> warnings)
    {
        Place = place;
        Problems = problems;
        Warnings = warnings;
        Values = [.. values];
        _values = Values.ToDictionary(value => ConfigKey.Normalize(value.Key), StringComparer.OrdinalIgnoreCase);
    }

    public AppConfigPlace Place { get; }

    /// <summary>The values, in the order in which they were written.</summary>
    public IReadOnlyList<AppConfigValue> Values { get; }

    /// <summary>What is wrong, one line each: <c>FILE:LINE: TEXT</c>. With any of them the app does not start.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>What is not good but does not keep the app from starting.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The value of this key, if there is one.</summary>
    public AppConfigValue? Find(string key) => _values.GetValueOrDefault(ConfigKey.Normalize(key));

    /// <summary>The names of what stands directly below <paramref name="key"/>, in the order in which they were written.</summary>
    public IEnumerable<string> ChildrenOf(string key)
    {
        var prefix = ConfigKey.Normalize(key) + ":";
        return Values
            .Where(value => ConfigKey.Normalize(value.Key).StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(value => value.Key[prefix.Length..].Split(':')[0])
            .Distinct(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether there is a value of this key, or below it.</summary>
    public bool Has(string key) => Find(key) is not null || ChildrenOf(key).Any();

    /// <summary>All problems in one error.</summary>
    /// <exception cref="RowhouseException">RH2101: there are any.</exception>
    public void ThrowIfWrong()
    {
        if (Problems.Count > 0)
        {
            throw ConfigurationErrors.BadAppConfig(Place.AppName, Problems);
        }
    }
}
