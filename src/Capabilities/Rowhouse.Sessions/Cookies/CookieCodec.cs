using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Rowhouse.Sessions;

/// <summary>A whole session as a text for a cookie: compressed if that helps, then encrypted and signed with the app's data protection keys.</summary>
internal sealed class CookieCodec
{
    private const byte Plain = 1;
    private const byte Compressed = 2;

    // Not the best, which takes ten times as long for one percent.
    private const int BrotliQuality = 4;
    private const int BrotliWindow = 18;

    private readonly IDataProtector _protector;

    public CookieCodec(IDataProtector protector)
    {
        _protector = protector;
    }

    public string Encode(string id, StoredSession session)
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(id), .. SessionCodec.Write(SessionRecord.Of(session))];
        var packed = new byte[bytes.Length + 1];
        if (BrotliEncoder.TryCompress(bytes, packed.AsSpan(1), out var length, BrotliQuality, BrotliWindow) && length < bytes.Length)
        {
            packed[0] = Compressed;
            return Base64Url.EncodeToString(_protector.Protect(packed[..(length + 1)]));
        }

        packed[0] = Plain;
        bytes.CopyTo(packed, 1);
        return Base64Url.EncodeToString(_protector.Protect(packed));
    }

    /// <summary>Reads what <see cref="Encode"/> wrote. Whatever else it is, and whoever has touched it: no session.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxBytes">The most that it may be when it is unpacked.</param>
    public (string Id, StoredSession Session)? Decode(string text, long maxBytes)
    {
        try
        {
            var packed = _protector.Unprotect(Base64Url.DecodeFromChars(text));
            return Read(packed[0] == Compressed ? Unpack(packed.AsSpan(1), maxBytes) : packed.AsSpan(1));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or IOException or ArgumentException or IndexOutOfRangeException or InvalidDataException)
        {
            return null;
        }
    }

    private static (string Id, StoredSession Session)? Read(ReadOnlySpan<byte> bytes)
    {
        var id = Encoding.ASCII.GetString(bytes[..SessionId.Length]);
        return SessionCodec.TryRead(SessionKey.Of(id), bytes[SessionId.Length..], out var record) && record.Session is { } session ? (id, session) : null;
    }

    private static Span<byte> Unpack(ReadOnlySpan<byte> packed, long maxBytes)
    {
        // The record has some bytes of its own for each value; twice the limit is far from a bomb.
        var bytes = new byte[Math.Min(packed.Length * 8, (maxBytes * 2) + 4096)];
        while (true)
        {
            if (BrotliDecoder.TryDecompress(packed, bytes, out var length))
            {
                return bytes.AsSpan(0, length);
            }

            if (bytes.Length >= (maxBytes * 2) + 4096)
            {
                throw new InvalidDataException("The session is larger than it may be.");
            }

            bytes = new byte[Math.Min(bytes.Length * 4L, (maxBytes * 2) + 4096)];
        }
    }
}
