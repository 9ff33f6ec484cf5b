namespace Rowhouse.Backends;

/// <summary>A lock that was taken.</summary>
internal sealed record LockHold(ILockStore Store, string Backend, string Name, string Owner, long Token, TimeSpan Lease);
