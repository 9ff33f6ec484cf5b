namespace Rowhouse.Backends;

/// <summary>What a backend is made from. Two of them that are equal are the same backend.</summary>
/// <param name="Uri">The URI that names it.</param>
/// <param name="Path">The file or folder as an absolute path; null if the scheme has none.</param>
internal sealed record BackendSetup(ConnectionUri Uri, string? Path)
{
    public string Name => Path is not null
        ? $"{Uri.Scheme}:{Path}"
        : $"{Uri.Scheme}://{string.Join(',', Uri.Hosts.Select(host => host.ToString()))}/{Uri.Path}";

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
