namespace Rowhouse.Configuration;

/// <summary>A secret, and what should be mended about the place where it was. No record: nothing must print <see cref="Text"/> by accident.</summary>
internal sealed class FoundSecret
{
    public FoundSecret(string text, string? warning = null)
    {
        Text = text;
        Warning = warning;
    }

    public string Text { get; }

    public string? Warning { get; }
}
