using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Rowhouse.Hosting;

/// <summary>A piece of HTML. Whatever is interpolated into <see cref="Of"/> is encoded, so that no page can forget to.</summary>
internal readonly record struct HtmlFragment
{
    // All of Unicode as it is: file names and messages in any script stay readable in the page's source.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string? _html;

    private HtmlFragment(string html)
    {
        _html = html;
    }

    /// <summary>Builds a fragment: the literal parts are HTML, the holes are text unless they are fragments themselves.</summary>
    public static HtmlFragment Of(HtmlInterpolation html) => new(html.ToString());

    /// <summary>Takes markup that this project wrote itself.</summary>
    public static HtmlFragment Literal([ConstantExpected] string markup) => new(markup);

    public static HtmlFragment Join(IEnumerable<HtmlFragment> fragments) => new(string.Concat(fragments));

    public static string Encode(string text) => Encoder.Encode(text);

    public override string ToString() => _html ?? "";
}
