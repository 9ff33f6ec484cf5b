using Rowhouse.Configuration;

namespace Rowhouse.Cli.Doctor;

/// <summary>An app as the checks see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Its folder, as a full path.</param>
/// <param name="Environment">The environment it runs in.</param>
/// <param name="Backends">The backends that its configuration names, with the keys that do so.</param>
internal sealed record ExaminedApp(string Name, string Folder, string Environment, IReadOnlyList<(string Key, ConnectionUri Uri)> Backends);
