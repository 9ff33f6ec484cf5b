namespace Rowhouse.Configuration;

/// <summary>Reads what stands behind the question mark of a connection URI.</summary>
internal static class UriOptionsParser
{
    public static List<KeyValuePair<string, string>> Parse(UriPart query, ConnectionScheme scheme, bool mayHaveOrder)
    {
        var options = new List<KeyValuePair<string, string>>();
        var position = 0;
        foreach (var text in query.Text.Length == 0 ? [] : query.Text.Split('&'))
        {
            var part = query.Slice(position, text.Length);
            position += text.Length + 1;
            var option = ParseOne(part, scheme, mayHaveOrder);
            if (options.Exists(other => other.Key == option.Key))
            {
                throw part.Error(ConfigurationErrors.BadUriOption, $"the option '{option.Key}' stands there twice");
            }

            options.Add(option);
        }

        return options;
    }

    private static KeyValuePair<string, string> ParseOne(UriPart part, ConnectionScheme scheme, bool mayHaveOrder)
    {
        var equals = part.Text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? part.Text : part.Text[..equals];
        var known = name == ConnectionUris.OrderOption ? ConnectionUris.OrderOfFirst : scheme.FindOption(name);
        if (known is null)
        {
            throw part.Error(ConfigurationErrors.BadUriOption, DescribeUnknown(name, scheme));
        }

        if (known == ConnectionUris.OrderOfFirst && !mayHaveOrder)
        {
            throw part.Error(ConfigurationErrors.BadUriOption, "'order' says how a list of URIs is used, and stands on the first of them");
        }

        var value = part.Slice(equals + 1, equals < 0 ? 0 : part.Text.Length - equals - 1);
        var unescaped = value.Unescape();
        if (equals < 0 || unescaped.Length == 0)
        {
            throw part.Error(ConfigurationErrors.BadUriOption, $"the option '{name}' has no value; write {name}=VALUE, where VALUE is {known.Allowed}");
        }

        return known.Accepts(unescaped)
            ? new KeyValuePair<string, string>(name, unescaped)
            : throw value.Error(
                ConfigurationErrors.BadUriOption,
                $"the value '{ShownText.Of(unescaped)}' of the option '{name}' is not allowed{Spelling.Suggest(unescaped, known.Words)}; expected: {known.Allowed}");
    }

    private static string DescribeUnknown(string name, ConnectionScheme scheme)
    {
        if (name.Equals("password", StringComparison.OrdinalIgnoreCase) || name.Equals("user", StringComparison.OrdinalIgnoreCase))
        {
            return scheme.HasUser ? $"user and password stand before the host: {scheme.Name}://USER:PASSWORD@HOST" : $"{scheme.Name} knows neither user nor password";
        }

        var names = scheme.Options.Select(option => option.Name).ToList();
        var allowed = names.Count == 0 ? "it has none" : $"there are: {string.Join(", ", names)}";
        return $"{scheme.Name} has no option '{ShownText.Of(name)}'{Spelling.Suggest(name, names)}; {allowed}";
    }
}
