namespace Rowhouse.Configuration;

/// <summary>Connection URIs: the reader's own error says more than what is allowed.</summary>
internal sealed class UriCast<T> : ValueCast<T>
    where T : class
{
    private readonly Func<string, T> _parse;

    public UriCast(string allowed, Func<string, T> parse)
    {
        Allowed = allowed;
        _parse = parse;
    }

    public override string Allowed { get; }

    public override string? TryCast(string text, out T? value)
    {
        try
        {
            value = _parse(text);
            return null;
        }
        catch (RowhouseException e)
        {
            value = null;
            return $"{e.Code}: {e.Message}";
        }
    }
}
