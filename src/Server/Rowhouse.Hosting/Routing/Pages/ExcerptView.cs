using System.Globalization;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>Shows a <see cref="SourceExcerpt"/>.</summary>
internal static class ExcerptView
{
    public static HtmlFragment ToHtml(SourceExcerpt? excerpt)
    {
        if (excerpt is null)
        {
            return default;
        }

        var lines = HtmlFragment.Join(excerpt.Lines.Select(LineHtml));
        return HtmlFragment.Of($"""<pre class="source">{lines}</pre>""");
    }

    public static void AppendText(StringBuilder text, SourceExcerpt? excerpt)
    {
        foreach (var line in excerpt?.Lines ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"  {(line.IsTarget ? '>' : ' ')} {line.Number,5} | {line.Text}").Append('\n');
            if (line.MarkStart >= 0)
            {
                // Tabs stay tabs, so that the caret stands under its character whatever the terminal's tab width.
                var indent = string.Concat(line.Text[..line.MarkStart].Select(character => character == '\t' ? '\t' : ' '));
                text.Append(CultureInfo.InvariantCulture, $"          | {indent}{new string('^', Math.Max(1, line.MarkLength))}").Append('\n');
            }
        }
    }

    private static HtmlFragment LineHtml(SourceLine line)
    {
        var number = line.Number.ToString(CultureInfo.InvariantCulture);
        return line.IsTarget
            ? HtmlFragment.Of($"""<mark class="line"><span class="number">{number}</span><code>{MarkedHtml(line)}{"\n"}</code></mark>""")
            : HtmlFragment.Of($"""<span class="line"><span class="number">{number}</span><code>{line.Text}{"\n"}</code></span>""");
    }

    private static HtmlFragment MarkedHtml(SourceLine line)
    {
        if (line.MarkStart < 0)
        {
            return HtmlFragment.Of($"{line.Text}");
        }

        // Behind the line's end there is no character to underline.
        var marked = line.MarkLength == 0 ? "\u00a0" : line.Text.Substring(line.MarkStart, line.MarkLength);
        return HtmlFragment.Of($"{line.Text[..line.MarkStart]}<u>{marked}</u>{line.Text[(line.MarkStart + line.MarkLength)..]}");
    }
}
