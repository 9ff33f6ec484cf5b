namespace Rowhouse.Configuration;

/// <summary>Turns a text into a value of one type, or says what is allowed.</summary>
internal abstract class ValueCast
{
    /// <summary>What may stand there, for a person.</summary>
    public abstract string Allowed { get; }

    /// <summary>Words that may stand there, for hints.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>The value, in a box.</summary>
    /// <returns>What is wrong in a way that <see cref="Allowed"/> does not say, or an empty text; null if all is well.</returns>
    public abstract string? TryCastBoxed(string text, out object? value);

    /// <summary>Says what is wrong with a value of the configuration; null if nothing is.</summary>
    public string? Check(AppConfigValue value) => TryCastBoxed(value.Text, out _) is { } why ? Describe(value, why) : null;

    /// <summary>The line for a person: where, which key, what was found, what is allowed.</summary>
    public string Describe(AppConfigValue value, string why)
    {
        var isShown = !value.IsSecret;
        var hint = isShown && value.Text.Length > 0 ? Spelling.Suggest(value.Text, Words) : "";
        var hasComment = isShown && (value.Text.Contains(" ;", StringComparison.Ordinal) || value.Text.Contains(" #", StringComparison.Ordinal));

        // What a reader of URIs says quotes parts of it, and which part is a secret is not known here.
        var reason = why.Length == 0 ? "" : value.HoldsSecret ? $"{why.Split(':')[0]} (the rest is left out, since the value holds a secret); " : $"{why.TrimEnd('.')}; ";
        return $"{value.Source}: {ShownText.Clean(ConfigKey.Print(value.Key))} = {ShownText.Clean(value.Shown)}: {reason}expected {Allowed}{hint}{(hasComment ? "; a comment needs a line of its own" : "")}";
    }
}
