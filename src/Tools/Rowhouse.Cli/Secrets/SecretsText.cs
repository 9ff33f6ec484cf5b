using System.Text.Json;

namespace Rowhouse.Cli.Secrets;

/// <summary>Secrets as a person edits them: <c>NAME = TEXT</c> in a line each; a text with line ends or quotes around it as a JSON string.</summary>
internal static class SecretsText
{
    public static string Print(IEnumerable<KeyValuePair<string, string>> secrets) =>
        string.Concat(secrets.Select(secret => $"{secret.Key} = {(NeedsQuotes(secret.Value) ? JsonSerializer.Serialize(secret.Value, CliJson.Default.String) : secret.Value)}\n"));

    /// <exception cref="RowhouseException">RH3007: a line is not of that form; the message does not show what stands there.</exception>
    public static Dictionary<string, string> Parse(string text)
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            number++;
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            if (line.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } value])
            {
                throw CliErrors.BadSecretLine(number, "expected NAME = TEXT");
            }

            if (!secrets.TryAdd(name, value[0] == '"' ? ParseQuoted(value, number) : value))
            {
                throw CliErrors.BadSecretLine(number, $"'{name}' stands there twice");
            }
        }

        return secrets;
    }

    private static bool NeedsQuotes(string value) => value != value.Trim() || value.Contains('\n', StringComparison.Ordinal) || value[0] == '"';

    private static string ParseQuoted(string value, int line)
    {
        try
        {
            return JsonSerializer.Deserialize(value, CliJson.Default.String)!;
        }
        catch (JsonException)
        {
            throw CliErrors.BadSecretLine(line, "a text that begins with a quote must be a JSON string");
        }
    }
}
