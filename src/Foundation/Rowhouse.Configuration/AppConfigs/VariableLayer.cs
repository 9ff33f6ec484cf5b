namespace Rowhouse.Configuration;

/// <summary>Reads the environment variables of an app: <c>SHOP__DB__URI</c> is the value <c>db.uri</c> of the app <c>shop</c>.</summary>
internal static class VariableLayer
{
    public const string SecretPart = "SECRET__";

    public static List<LayerValue> Read(AppConfigPlace place, IReadOnlyCollection<LayerValue> below)
    {
        // A variable can hold neither '-' nor '.' in its name, so a key that is there already lends its spelling.
        var spellings = below.Select(value => value.Key).Concat(KnownSettings.All.Select(setting => setting.Key))
            .GroupBy(key => ConfigKey.ToVariable(key), StringComparer.Ordinal)
            .ToDictionary(keys => keys.Key, keys => keys.First(), StringComparer.Ordinal);
        return
        [
            .. place.Variables
                .Where(variable => variable.Key.StartsWith(place.VariablePrefix, StringComparison.OrdinalIgnoreCase))
                .Select(variable => (Name: variable.Key, Part: variable.Key[place.VariablePrefix.Length..].ToUpperInvariant(), variable.Value))
                .Where(variable => IsKey(variable.Part))
                .OrderBy(variable => variable.Name, StringComparer.Ordinal)
                .DistinctBy(variable => variable.Part)
                .Select(variable => new LayerValue(
                    spellings.GetValueOrDefault(variable.Part) ?? variable.Part.Replace("__", ":", StringComparison.Ordinal).ToLowerInvariant(),
                    variable.Value,
                    new ValueSource(variable.Name, 0))),
        ];
    }

    private static bool IsKey(string part) =>
        !part.StartsWith(SecretPart, StringComparison.Ordinal) && part.Split("__").All(name => name.Length > 0);
}
