using Microsoft.AspNetCore.DataProtection.Internal;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Rowhouse.Backends;

/// <summary>
/// The framework's key manager, but a key is made under a lock that all nodes share, and only if no other node has just made it. Without that,
/// nodes that start together on an empty store make a key each, and for a day do not know each other's.
/// </summary>
internal sealed class SharedKeyManager : IDeletableKeyManager
{
    public const string LockName = "rowhouse:keys";

    /// <summary>As the framework has it (DefaultKeyResolver): by so much may the clocks of nodes differ.</summary>
    private static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(5);

    private static readonly LockOptions LockOptions = new() { Wait = TimeSpan.FromMinutes(1) };

    private readonly IOptions<KeyManagementOptions> _options;
    private readonly XmlKeyManager _keys;

    public SharedKeyManager(IOptions<KeyManagementOptions> options, IActivator activator, ILoggerFactory loggers)
    {
        _options = options;
        _keys = new XmlKeyManager(options, activator, loggers);
    }

    public bool CanDeleteKeys => _keys.CanDeleteKeys;

    private Locks? Locks => _options.Value.XmlRepository is KeyStore store ? Rowhouse.Backends.Locks.On(store.Backend) : null;

    /// <summary>Makes the first key if there is none. Done while an app starts, so that no request has to wait for a lock.</summary>
    public async Task EnsureKeyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_options.Value.AutoGenerateKeys && Locks is not null && await Task.Run(() => Find(now), cancellationToken) is null)
        {
            await CreateAsync(now, now + _options.Value.NewKeyLifetime, cancellationToken);
        }
    }

    // The interface is synchronous. It comes to this once in the life of a key, in a background task of the framework.
    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) => Locks is null
        ? _keys.CreateNewKey(activationDate, expirationDate)
        : Task.Run(() => CreateAsync(activationDate, expirationDate, CancellationToken.None)).GetAwaiter().GetResult();

    public IReadOnlyCollection<IKey> GetAllKeys() => _keys.GetAllKeys();

    public CancellationToken GetCacheExpirationToken() => _keys.GetCacheExpirationToken();

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => _keys.RevokeAllKeys(revocationDate, reason);

    public void RevokeKey(Guid keyId, string? reason = null) => _keys.RevokeKey(keyId, reason);

    public bool DeleteKeys(Func<IKey, bool> shouldDelete) => _keys.DeleteKeys(shouldDelete);

    private async Task<IKey> CreateAsync(DateTimeOffset activation, DateTimeOffset expiration, CancellationToken cancellationToken)
    {
        await using var lease = await Locks!.AcquireAsync(LockName, LockOptions, cancellationToken);
        return Find(activation) ?? _keys.CreateNewKey(activation, expiration);
    }

    // The key of another node that serves as well as the one that was about to be made.
    private IKey? Find(DateTimeOffset activation) => _keys.GetAllKeys()
        .Where(key => !key.IsRevoked && key.ActivationDate <= activation + MaxClockSkew && key.ExpirationDate > activation)
        .OrderByDescending(key => key.CreationDate)
        .FirstOrDefault(CanBeUsed);

    // One that was encrypted with a certificate that is not here any more is of no use.
    private static bool CanBeUsed(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
