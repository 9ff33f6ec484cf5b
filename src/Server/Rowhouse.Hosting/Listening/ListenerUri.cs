namespace Rowhouse.Hosting;

/// <summary>Where requests come in: <c>http://HOST:PORT</c>, <c>https://HOST:PORT?cert=FILE&amp;key=FILE</c>, <c>unix:/path.sock</c>, <c>systemd:</c>.</summary>
public sealed record ListenerUri
{
    private ListenerUri(string text)
    {
        Text = text;
    }

    /// <summary>The URI as the user wrote it.</summary>
    public string Text { get; }

    /// <summary>Reads a listener's URI.</summary>
    public static ListenerUri Parse(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
