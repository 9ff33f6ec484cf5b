using System.Globalization;

namespace Rowhouse.Backends;

/// <summary>Names a holder: who it is, for whoever looks into the table, and a random part that no other has.</summary>
internal static class LockOwner
{
    private const int MaxHost = 60;

    public static string New()
    {
        var host = Environment.MachineName;
        return string.Create(CultureInfo.InvariantCulture, $"{(host.Length > MaxHost ? host[..MaxHost] : host)}/{Environment.ProcessId}/{Guid.NewGuid():N}");
    }
}
