using System.Security.Cryptography;

namespace Rowhouse.Configuration;

/// <summary>One key that encrypts secrets: 32 random bytes.</summary>
internal sealed class SecretsKey
{
    public const int Bytes = 32;

    // Enough to tell keys apart, and nothing that helps to guess one.
    private const int IdBytes = 8;

    private readonly byte[] _key;

    private SecretsKey(byte[] key)
    {
        _key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData([.. "rowhouse-secrets-key\n"u8, .. key]).AsSpan(0, IdBytes));
    }

    /// <summary>Names the key without giving it away.</summary>
    public string Id { get; }

    public static SecretsKey Create() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Reads what <see cref="ToSecretString"/> wrote; null if it is no key.</summary>
    public static SecretsKey? Find(string text)
    {
        var key = new byte[Bytes];
        return Convert.TryFromBase64String(text, key, out var length) && length == Bytes ? new SecretsKey(key) : null;
    }

    /// <summary>The key itself, for the key file.</summary>
    public string ToSecretString() => Convert.ToBase64String(_key);

    public override string ToString() => Id;

    public AesGcm CreateCipher() => new(_key, AesGcm.TagByteSizes.MaxSize);
}
