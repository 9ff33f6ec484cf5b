using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Rowhouse.Sessions;

/// <summary>The id that the visitor's cookie holds: 256 random bits in base64url. Only its hash leaves this process.</summary>
internal static class SessionId
{
    /// <summary>How many characters an id has.</summary>
    public const int Length = 43;

    private const int Bytes = 32;

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string New()
    {
        Span<byte> random = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }

    /// <summary>Whether a text has the form of an id. Anything else is not even looked up.</summary>
    public static bool IsOne(string? text) => text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Characters);
}
