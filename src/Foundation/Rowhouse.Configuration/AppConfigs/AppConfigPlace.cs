using System.Collections;

namespace Rowhouse.Configuration;

/// <summary>Whose configuration is read, and from where.</summary>
/// <param name="AppName">The name of the app.</param>
/// <param name="Folder">The folder of the files, usually <c>private</c> in the app's folder. It need not exist.</param>
/// <param name="Environment">The name of the environment, for example <c>Production</c>.</param>
/// <param name="Variables">The environment variables.</param>
internal sealed record AppConfigPlace(string AppName, string Folder, string Environment, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>The usual name of the folder, inside the app's folder.</summary>
    public const string FolderName = "private";

    /// <summary>What the names of this app's variables begin with: <c>SHOP__</c>.</summary>
    public string VariablePrefix => ConfigKey.ToVariable(AppName).Replace('.', '_') + "__";

    public string SecretsFile => Path.Combine(Folder, "secrets.enc");

    /// <summary>The environment variables of this process.</summary>
    public static IReadOnlyDictionary<string, string> ProcessVariables() => System.Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);

    /// <summary>The file that is the base, or the overlay of an environment, in one of the formats: <c>appconfig.Production.ini</c>.</summary>
    public string FileOf(string? environment, string format) =>
        Path.Combine(Folder, environment is null ? $"appconfig.{format}" : $"appconfig.{environment}.{format}");
}
