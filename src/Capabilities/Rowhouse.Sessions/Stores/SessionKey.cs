using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Rowhouse.Sessions;

/// <summary>
/// Under what a session is stored: the SHA-256 of its id in 64 lower-case hexadecimal digits. The id itself is with the visitor alone, so that
/// nobody who reads the store can sign in with what he finds there.
/// </summary>
public readonly record struct SessionKey
{
    private const int Length = 64;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly string? _text;

    private SessionKey(string text)
    {
        _text = text;
    }

    /// <summary>The key of an id.</summary>
    public static SessionKey Of(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new SessionKey(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))));
    }

    /// <summary>Reads a key as <see cref="ToString"/> prints it.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out SessionKey key)
    {
        var isKey = text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Digits);
        key = isKey ? new SessionKey(text!) : default;
        return isKey;
    }

    /// <inheritdoc />
    public override string ToString() => _text ?? throw new InvalidOperationException("There is no key.");
}
