using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Rowhouse.Backends.Memcached;

/// <summary>
/// What a key is called on the wire. A key of 1 to 250 bytes of UTF-8 without blanks and control characters is called what it is; any other is
/// <c>sha256:</c> and its hash, and so is one that itself begins with <c>sha256:</c>, so that no two keys share a name.
/// The protocol's base64 keys are not used: they end at 187 bytes, so there would be three rules instead of two.
/// </summary>
internal static class WireKey
{
    /// <summary>memcached's KEY_MAX_LENGTH.</summary>
    public const int MaxBytes = 250;

    private static readonly SearchValues<byte> Forbidden = SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(value => (byte)value), 0x7F]);

    private static ReadOnlySpan<byte> HashedPrefix => "sha256:"u8;

    /// <summary>Writes the name of <paramref name="key"/> and returns its length, 1 to <see cref="MaxBytes"/>.</summary>
    public static int Write(string key, Span<byte> destination)
    {
        var status = Utf8.FromUtf16(key, destination[..MaxBytes], out _, out var length, replaceInvalidSequences: false);
        if (status == OperationStatus.Done && length > 0)
        {
            var plain = destination[..length];
            if (!plain.ContainsAny(Forbidden) && !plain.StartsWith(HashedPrefix))
            {
                return length;
            }
        }

        return WriteHash(key, destination);
    }

    public static byte[] ToArray(string key)
    {
        Span<byte> name = stackalloc byte[MaxBytes];
        return name[..Write(key, name)].ToArray();
    }

    private static int WriteHash(string key, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(ToBytes(key), hash);
        HashedPrefix.CopyTo(destination);
        Base64Url.EncodeToUtf8(hash, destination[HashedPrefix.Length..], out _, out var written);
        return HashedPrefix.Length + written;
    }

    // Half a surrogate pair has no UTF-8, and encoders replace it. Such a key is hashed as it lies in memory, behind a byte that UTF-8 never has.
    private static byte[] ToBytes(string key)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(key.Length)];
        return Utf8.FromUtf16(key, bytes, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done
            ? bytes[..length]
            : [0xFF, .. MemoryMarshal.AsBytes(key.AsSpan())];
    }
}
