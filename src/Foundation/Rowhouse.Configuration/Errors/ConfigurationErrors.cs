namespace Rowhouse.Configuration;

/// <summary>Every error of this project, in one place. RH21xx an app's configuration and its values, RH22xx secrets, RH23xx connection URIs.</summary>
internal static class ConfigurationErrors
{
    // An app's configuration. Values are shown as ShownValue shows them.
    public static RowhouseException BadAppConfig(string app, IReadOnlyList<string> problems) => new(
        "RH2101",
        problems.Count == 1 ? problems[0] : $"The configuration of the app '{app}' has {problems.Count} errors:\n{string.Join('\n', problems)}");

    public static RowhouseException BadValue(IReadOnlyList<string> problems) => new("RH2102", string.Join('\n', problems));

    public static RowhouseException MissingValue(AppConfigModel model, string key) => new("RH2103", DescribeMissing(model, key));

    public static RowhouseException UnreadableType(string key, Type type) => new(
        "RH2104",
        $"The value '{ShownText.Clean(ConfigKey.Print(key))}' cannot be read as a {type}: there are texts, numbers, switches, times, enums, types that are IParsable, lists and dictionaries of these, and classes and records with one public constructor.");

    public static RowhouseException BadEnvironment(string name) => new(
        "RH2105",
        $"'{ShownText.Of(name)}' cannot be the name of an environment: it has 1 to 64 letters, digits, '-', '_' and '.'. The usual ones are Development, Staging and Production.");

    /// <summary>What to write where, for a value that is not there.</summary>
    public static string DescribeMissing(AppConfigModel model, string key)
    {
        var (name, parts) = (ConfigKey.Print(key), ConfigKey.Print(key).Split('.'));
        var section = string.Join('.', parts[..^1]);
        var where = section.Length == 0 ? $"'{parts[^1]} = …' before the first section" : $"'{parts[^1]} = …' under [{section}]";
        var hint = Spelling.Suggest(name, model.Values.Select(value => ConfigKey.Print(value.Key)));
        var place = model.Place;
        return $"The app '{place.AppName}' has no value '{ShownText.Clean(name)}'{hint}. Write {ShownText.Clean(where)} into '{place.FileOf(null, "ini")}', or set the environment variable {place.VariablePrefix}{ShownText.Clean(ConfigKey.ToVariable(key))}.";
    }

    /// <summary>An error as a part of the line of another.</summary>
    public static string Line(RowhouseException error) => $"{error.Code}: {error.Message}";

    // Secrets: names and places, never a secret.
    public static RowhouseException NoSecret(string name, IEnumerable<string> places) => new(
        "RH2201",
        $"There is no secret '{name}' in any of: {string.Join(", ", places)}. Put it into one of them, for example with 'rowhouse secrets set'.");

    public static RowhouseException BadSecretName(string name) => new(
        "RH2202",
        $"'{ShownText.Of(name)}' cannot be the name of a secret: {SecretReference.AllowedNames}.");

    public static RowhouseException NoSecretFile(string path) => new("RH2203", $"The secret '{ShownText.Clean(path)}' names a file that does not exist. Create it (mode 0400 or 0600), or write secret:NAME for one of another place.");

    public static RowhouseException BadSecretFile(string path, string why, Exception? inner = null) => new(
        "RH2203",
        $"The file '{ShownText.Clean(path)}' cannot be used as a secret: {why.TrimEnd('.')}.",
        inner);

    public static RowhouseException NoSecretsKey(string file, IEnumerable<string> places) => new(
        "RH2204",
        $"'{file}' is encrypted, and there is no key for it in {string.Join(", ", places.Select(place => $"'{place}'"))}. Copy the key file there, or name it with the environment variable {SecretsKeyFile.Variable}.");

    public static RowhouseException BadSecretsKey(string path, string why, Exception? inner = null) => new(
        "RH2205",
        $"The key file '{path}' cannot be used: {why.TrimEnd('.')}.",
        inner);

    public static RowhouseException BadSecretsFile(string path, int line, string why, Exception? inner = null) => new(
        "RH2206",
        $"The secrets in '{path}'{(line == 0 ? "" : $", line {line},")} cannot be used: {why.TrimEnd('.')}.",
        inner);

    public static RowhouseException SecretsInUse(string file, string lockFile, Exception inner) => new(
        "RH2207",
        $"'{file}' cannot be locked by '{lockFile}' ({inner.Message.TrimEnd('.')}). If another 'rowhouse secrets' is at work, try again when it is done. Nothing was changed.",
        inner);

    public static RowhouseException SecretChangedMeanwhile(string file, string name) => new(
        "RH2208",
        $"The secret '{name}' in '{file}' was changed by somebody else while you edited it. Nothing was changed; edit the file again.");

    // Connection URIs. `shown` holds no password (ShownUri), `why` quotes nothing that could be one.
    public static RowhouseException UnknownUriScheme(string shown, int position, string why) => BadUri("RH2301", shown, position, why);

    public static RowhouseException BadUriText(string shown, int position, string why) => BadUri("RH2302", shown, position, why);

    public static RowhouseException BadUriHost(string shown, int position, string why) => BadUri("RH2303", shown, position, why);

    public static RowhouseException BadUriPath(string shown, int position, string why) => BadUri("RH2304", shown, position, why);

    public static RowhouseException BadUriOption(string shown, int position, string why) => BadUri("RH2305", shown, position, why);

    public static RowhouseException BadUriList(string why) => new("RH2306", $"The list of connection URIs cannot be used: {why}. Write one or more URIs, separated by spaces.");

    private static RowhouseException BadUri(string code, string shown, int position, string why) =>
        new(code, $"The connection URI '{shown}' is wrong at character {position}: {why}.");
}
