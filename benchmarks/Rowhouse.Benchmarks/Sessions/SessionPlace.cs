using Rowhouse.Configuration;

namespace Rowhouse.Benchmarks.Sessions;

/// <summary>Where the sessions of an app are.</summary>
/// <param name="Uri">The backend.</param>
/// <param name="App">The app.</param>
/// <param name="Store">They themselves.</param>
internal sealed record SessionPlace(ConnectionUri Uri, string App, SessionStore Store);
