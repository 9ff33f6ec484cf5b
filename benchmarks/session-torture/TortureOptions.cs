namespace Rowhouse.SessionTorture;

/// <summary>How hard it is.</summary>
/// <param name="Backend">The kind of backend, one of <see cref="Servers.TortureBackend.Kinds"/>.</param>
/// <param name="Processes">Server processes.</param>
/// <param name="Clients">Clients, each with one request at a time.</param>
/// <param name="Sessions">Sessions, which all clients share.</param>
/// <param name="Duration">For how long they ask.</param>
/// <param name="Seed">What the random choices begin with.</param>
/// <param name="Least">How many requests of each kind must be acknowledged, else the run has shown nothing.</param>
/// <param name="IsStock">Whether ASP.NET Core's own session takes the place of Rowhouse's, which loses updates: it shows that losses are found.</param>
internal sealed record TortureOptions(string Backend, int Processes, int Clients, int Sessions, TimeSpan Duration, int Seed, int Least, bool IsStock);
