using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>What the compiler turns the argument of <see cref="HtmlFragment.Of"/> into.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlInterpolation
{
    private readonly StringBuilder _html;

    public HtmlInterpolation(int literalLength, int formattedCount)
    {
        _html = new StringBuilder(literalLength + (formattedCount * 16));
    }

    public void AppendLiteral(string markup) => _html.Append(markup);

    public void AppendFormatted(HtmlFragment fragment) => _html.Append(fragment.ToString());

    public void AppendFormatted(string? text) => _html.Append(HtmlFragment.Encode(text ?? ""));

    public void AppendFormatted(int number) => _html.Append(number.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => _html.ToString();
}
