using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Rowhouse.Sessions;

/// <summary>What a store is made from.</summary>
/// <param name="Uri">The URI of the backend.</param>
/// <param name="App">The name of the app.</param>
/// <param name="Backends">Where backends come from.</param>
internal sealed record SessionSetup(ConnectionUri Uri, string App, BackendRegistry Backends)
{
    /// <summary>What tells whether a session is expired.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
