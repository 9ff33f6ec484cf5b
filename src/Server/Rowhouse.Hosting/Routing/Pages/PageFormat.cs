namespace Rowhouse.Hosting;

/// <summary>The forms of a page, in the order in which they are taken when the client likes them equally.</summary>
internal enum PageFormat
{
    /// <summary>First, since <c>curl</c> and <c>fetch</c> say <c>*/*</c>; browsers name HTML when they show it to a person.</summary>
    Text,

    Html,

    /// <summary>RFC 9457.</summary>
    Problem,
}
