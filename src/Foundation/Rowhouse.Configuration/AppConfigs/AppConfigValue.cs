namespace Rowhouse.Configuration;

/// <summary>One value that holds, with the place that it comes from. No record: nothing must print <see cref="Text"/> by accident.</summary>
internal sealed class AppConfigValue
{
    public AppConfigValue(LayerValue written, string text, bool holdsSecret)
    {
        Key = written.Key;
        Source = written.Source;
        Text = text;
        HoldsSecret = holdsSecret;
        Shown = ShownValue.Of(written.Key, written.Text);
    }

    /// <summary>The key as the configuration of .NET has it: <c>db:uri</c>.</summary>
    public string Key { get; }

    /// <summary>The value, with its secrets.</summary>
    public string Text { get; }

    public ValueSource Source { get; }

    /// <summary>Whether the text was put together with a secret.</summary>
    public bool HoldsSecret { get; }

    /// <summary>The value for people: as it was written, so <c>secret:NAME</c> and not what it stands for, and passwords masked.</summary>
    public string Shown { get; }

    /// <summary>Whether <see cref="Shown"/> is not the value.</summary>
    public bool IsSecret => HoldsSecret || Shown != Text;

    /// <inheritdoc />
    public override string ToString() => $"{ConfigKey.Print(Key)} = {Shown} ({Source})";
}
