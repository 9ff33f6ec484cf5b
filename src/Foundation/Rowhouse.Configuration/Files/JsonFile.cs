using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Rowhouse.Configuration;

/// <summary>
/// Reads a JSON file. The values are those of Microsoft.Extensions.Configuration.Json; since that knows no lines once a file is read and stops at
/// the first of two equal keys, a second pass over the tokens finds these.
/// </summary>
internal static class JsonFile
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static List<LayerValue> Parse(string text, ConfigProblems problems)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        try
        {
            if (!FindLines(bytes, lines, problems))
            {
                return [];
            }

            using var stream = new MemoryStream(bytes);
            return
            [
                .. new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable()
                    .Where(pair => pair.Value is not null && lines.ContainsKey(pair.Key))
                    .OrderBy(pair => lines[pair.Key])
                    .ThenBy(pair => pair.Key, ConfigurationKeyComparer.Instance)
                    .Select(pair => new LayerValue(pair.Key, pair.Value!, new ValueSource(problems.File, lines[pair.Key]))),
            ];
        }
        catch (JsonException e)
        {
            problems.Add((int)(e.LineNumber ?? 0) + 1, $"this is not JSON: {WithoutPlace(e.Message)}");
            return [];
        }
    }

    // The keys of all values with their lines; false if there are problems.
    private static bool FindLines(byte[] bytes, Dictionary<string, int> lines, ConfigProblems problems)
    {
        var reader = new Utf8JsonReader(bytes, Options);
        var path = new Stack<JsonLevel>();
        var (line, counted, isGood) = (1, 0, true);
        while (reader.Read())
        {
            line += bytes.AsSpan(counted..(int)reader.TokenStartIndex).Count((byte)'\n');
            counted = (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                path.Peek().Name = reader.GetString() ?? "";
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                path.Pop();
                continue;
            }

            if (path.Count == 0 && reader.TokenType != JsonTokenType.StartObject)
            {
                problems.Add(line, "the file must hold one object: { \"section\": { \"key\": \"value\" } }");
                return false;
            }

            if (path.TryPeek(out var level))
            {
                level.BeginValue();
                isGood &= NoteLine(lines, KeyOf(path), line, problems);
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                path.Push(new JsonLevel(isArray: reader.TokenType == JsonTokenType.StartArray));
            }
        }

        return isGood;
    }

    private static bool NoteLine(Dictionary<string, int> lines, string key, int line, ConfigProblems problems)
    {
        if (lines.TryAdd(key, line))
        {
            return true;
        }

        problems.Add(line, $"'{ShownText.Of(key.Replace(':', '.'))}': line {lines[key]} already gives this key; leave one of the two out");
        return false;
    }

    private static string KeyOf(Stack<JsonLevel> path) => string.Join(':', path.Reverse().Select(level => level.Name));

    // System.Text.Json ends its messages with the place, counted from 0.
    private static string WithoutPlace(string message) =>
        message.IndexOf(" LineNumber:", StringComparison.Ordinal) is var place and >= 0 ? message[..place] : message;
}
