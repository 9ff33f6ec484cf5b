namespace Rowhouse.Configuration;

/// <summary>Reads an app's configuration: the file, over it the file of the environment, over both the environment variables; then the secrets.</summary>
internal static class AppConfigReader
{
    private static readonly string[] Formats = ["ini", "json"];

    public static AppConfigModel Read(AppConfigPlace place)
    {
        var problems = new List<string>();
        var layers = new List<List<LayerValue>> { ReadFile(place, environment: null, problems) };
        if (EnvironmentName.IsValid(place.Environment))
        {
            layers.Add(ReadFile(place, place.Environment, problems));
        }
        else
        {
            problems.Add(ConfigurationErrors.Line(ConfigurationErrors.BadEnvironment(place.Environment)));
        }

        layers.Add(VariableLayer.Read(place, [.. layers.SelectMany(layer => layer)]));
        var values = LayerMerge.Merge(layers);
        var secrets = new SecretSubstitution(new SecretLookup(place));
        var resolved = secrets.Apply(values);
        problems.AddRange(secrets.Problems);

        // What is wrong with a secret is said already; what came of it cannot be checked.
        problems.AddRange(KnownSettings.Check(resolved.Where(value => !secrets.Failed.Contains(value.Key))));
        return new AppConfigModel(place, resolved, problems, secrets.Warnings);
    }

    private static List<LayerValue> ReadFile(AppConfigPlace place, string? environment, List<string> problems)
    {
        var files = Formats.Select(format => place.FileOf(environment, format)).Where(File.Exists).ToList();
        if (files.Count == 0)
        {
            return [];
        }

        var found = new ConfigProblems(files[0]);
        if (files.Count > 1)
        {
            found.Add(1, $"'{files[1]}' is there too, and only one of the two can hold; move the values into one of them and delete the other");
        }

        var values = ConfigText.Read(files[0], found) is not { } text ? []
            : files[0].EndsWith(".json", StringComparison.Ordinal) ? JsonFile.Parse(text, found)
            : AppConfigIni.Parse(text, found);
        problems.AddRange(found.Describe());
        return values;
    }
}
