using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Rowhouse.Sessions.Tests.Requests;

internal sealed class OwnSession : ISession
{
    public bool IsAvailable => true;

    public string Id => "own";

    public IEnumerable<string> Keys => [];

    public void Clear()
    {
        // It holds nothing.
    }

    public Task CommitAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task LoadAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public void Remove(string key)
    {
        // It holds nothing.
    }

    public void Set(string key, byte[] value)
    {
        // It holds nothing.
    }

    public bool TryGetValue(string key, [NotNullWhen(true)] out byte[]? value)
    {
        value = null;
        return false;
    }
}
