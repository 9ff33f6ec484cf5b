using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Rowhouse.Hosting.Building.Sources;

/// <summary>One <c>.cshtml</c> or <c>.razor</c> file as the Razor generator wants it.</summary>
internal sealed class RazorText : AdditionalText
{
    private readonly SourceText _text;

    public RazorText(string path, string relativePath, SourceText text)
    {
        Path = path;
        RelativePath = relativePath;
        _text = text;
    }

    public override string Path { get; }

    /// <summary>Relative to the app's folder, forward slashes.</summary>
    public string RelativePath { get; }

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;

    /// <summary>Whether it is a Razor page: its route is fixed when the app starts.</summary>
    public bool IsPage
    {
        get
        {
            foreach (var line in _text.Lines)
            {
                var text = line.ToString().AsSpan().TrimStart();
                if (text.StartsWith("@page") && (text.Length == 5 || !char.IsLetterOrDigit(text[5])))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
