namespace Rowhouse.Configuration;

/// <summary>A value of one file, or of the environment, before anything is laid over it.</summary>
/// <param name="Key">The key as the configuration of .NET has it: <c>db:uri</c>.</param>
/// <param name="Text">The value as it was written.</param>
/// <param name="Source">Where.</param>
internal sealed record LayerValue(string Key, string Text, ValueSource Source)
{
    // The one of a record would print the value, which may hold a password.
    public override string ToString() => $"{Key} ({Source})";
}
