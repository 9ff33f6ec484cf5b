using System.Text;

namespace Rowhouse.Hosting;

/// <summary>One of the server's own pages in each form it can be asked for.</summary>
internal sealed record PageContent
{
    /// <summary>The whole HTML document.</summary>
    public required string Html { get; init; }

    /// <summary>The same for a terminal; see <see cref="ForTerminal"/>.</summary>
    public required string Text { get; init; }

    /// <summary>The <c>detail</c> of the problem document (RFC 9457 section 3.1.4); null: nothing beyond the status.</summary>
    public string? Detail { get; init; }

    /// <summary>The problem document's extension members.</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; init; } = new Dictionary<string, object?>();

    /// <summary>
    /// Makes text from outside safe to print: control characters other than line breaks and tabs could drive the
    /// reader's terminal (<c>curl http://…/%1b]0;…</c>).
    /// </summary>
    public static string ForTerminal(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            clean.Append(char.IsControl(character) && character is not ('\n' or '\t') ? '\uFFFD' : character);
        }

        return clean.ToString();
    }
}
