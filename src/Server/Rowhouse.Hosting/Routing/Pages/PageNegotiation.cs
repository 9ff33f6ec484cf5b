using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Rowhouse.Hosting;

/// <summary>Chooses a page's form by the <c>Accept</c> header (RFC 9110 section 12.5.1).</summary>
internal static class PageNegotiation
{
    // Browsers send about eight; a longer list is no reason to work harder.
    private const int MaxRanges = 32;

    private static readonly (PageFormat Format, string Type, string Subtype)[] Offers =
    [
        (PageFormat.Text, "text", "plain"),
        (PageFormat.Html, "text", "html"),
        (PageFormat.Problem, "application", "problem+json"),
        (PageFormat.Problem, "application", "json"),
    ];

    /// <summary>Never fails: a client that accepts none of the forms gets text, as RFC 9110 section 12.4.1 allows.</summary>
    public static PageFormat Choose(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges))
        {
            return PageFormat.Text;
        }

        var accepted = ranges.Take(MaxRanges).ToList();
        return Offers.Select(offer => Rate(offer, accepted))
            .Where(rating => rating.Quality > 0)
            .OrderByDescending(rating => rating.Quality)
            .ThenByDescending(rating => rating.Exactness)
            .ThenBy(rating => rating.Position)
            .ThenBy(rating => rating.Format)
            .Select(rating => rating.Format)
            .FirstOrDefault(PageFormat.Text);
    }

    // The most exact range that covers the offer decides on its quality, wherever it stands in the header.
    private static (PageFormat Format, double Quality, int Exactness, int Position) Rate(
        (PageFormat Format, string Type, string Subtype) offer, List<MediaTypeHeaderValue> accepted)
    {
        var best = (offer.Format, Quality: 0.0, Exactness: -1, Position: 0);
        for (var position = 0; position < accepted.Count; position++)
        {
            var exactness = Match(accepted[position], offer.Type, offer.Subtype);
            if (exactness > best.Exactness)
            {
                best = (offer.Format, accepted[position].Quality ?? 1, exactness, position);
            }
        }

        return best;
    }

    private static int Match(MediaTypeHeaderValue range, string type, string subtype) => range switch
    {
        { MatchesAllTypes: true } => 0,
        _ when !range.Type.Equals(type, StringComparison.OrdinalIgnoreCase) => -1,
        { MatchesAllSubTypes: true } => 1,
        _ => range.SubType.Equals(subtype, StringComparison.OrdinalIgnoreCase) ? 2 : -1,
    };
}
