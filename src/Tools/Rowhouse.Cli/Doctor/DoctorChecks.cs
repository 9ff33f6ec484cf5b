using Rowhouse.Cli.Doctor.Checks;

namespace Rowhouse.Cli.Doctor;

/// <summary>The check list, in the order in which it is printed.</summary>
internal static class DoctorChecks
{
    public static IReadOnlyList<IDoctorCheck> All { get; } =
    [
        new EnvironmentCheck(),
        new ForwardedHeadersCheck(),
        new CookiesCheck(),
        new KeysCheck(),
        new PermissionsCheck(),
        new BackendsCheck(),
        new FarmCheck(),
        new SessionsCheck(),
        new DiskCheck(),
        new OpenFilesCheck(),
    ];
}
