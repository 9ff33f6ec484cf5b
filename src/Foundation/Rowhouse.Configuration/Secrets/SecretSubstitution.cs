namespace Rowhouse.Configuration;

/// <summary>Puts secrets into the values that name them.</summary>
internal sealed class SecretSubstitution
{
    private readonly SecretLookup _lookup;
    private readonly Dictionary<string, string?> _found = new(StringComparer.Ordinal);

    public SecretSubstitution(SecretLookup lookup)
    {
        _lookup = lookup;
    }

    public List<string> Problems { get; } = [];

    public List<string> Warnings { get; } = [];

    /// <summary>The keys of the values whose secrets could not be found.</summary>
    public HashSet<string> Failed { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<AppConfigValue> Apply(IEnumerable<LayerValue> values) => [.. values.Select(Apply)];

    private AppConfigValue Apply(LayerValue value)
    {
        if (SecretReference.IsWhole(value.Text))
        {
            return new AppConfigValue(value, Find(SecretReference.NameOf(value.Text), value), holdsSecret: true);
        }

        if (!SecretReference.IsIn(value.Text))
        {
            return new AppConfigValue(value, value.Text, holdsSecret: false);
        }

        // A password in a URI may hold any character, and a URI may not.
        var isUri = value.Text.Contains("://", StringComparison.Ordinal);
        var text = SecretReference.Replace(value.Text, name => isUri ? UriText.Escape(Find(name, value), "") : Find(name, value));
        return new AppConfigValue(value, text, holdsSecret: true);
    }

    private string Find(string name, LayerValue value)
    {
        if (_found.TryGetValue(name, out var known))
        {
            if (known is null)
            {
                Failed.Add(value.Key);
            }

            return known ?? "";
        }

        try
        {
            var secret = _lookup.Find(name);
            _found[name] = secret.Text;
            Warnings.AddRange(secret.Warning is null ? [] : [$"{value.Source}: {secret.Warning}"]);
            return secret.Text;
        }
        catch (RowhouseException e)
        {
            _found[name] = null;
            Failed.Add(value.Key);
            Problems.Add($"{value.Source}: {ShownText.Clean(ConfigKey.Print(value.Key))}: {ConfigurationErrors.Line(e)}");
            return "";
        }
    }
}
