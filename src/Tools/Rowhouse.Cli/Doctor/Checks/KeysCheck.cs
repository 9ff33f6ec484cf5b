namespace Rowhouse.Cli.Doctor.Checks;

/// <summary>The keys that protect cookies: who has them can sign in as anybody; who loses them signs everybody out.</summary>
internal sealed class KeysCheck : IDoctorCheck
{
    private static readonly string[] Ephemeral = ["/tmp/", "/dev/shm/", "/run/", "/var/run/"];

    public string Name => "keys";

    public ValueTask<IEnumerable<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) => new(Look(context));

    private static IEnumerable<Finding> Look(DoctorContext context)
    {
        var keys = context.Config.Keys;
        if (keys.Uri is { Scheme: "file" or "sqlite", Path: { } folder } && Array.Exists(Ephemeral, place => folder.StartsWith(place, StringComparison.Ordinal)) && context.IsProduction)
        {
            yield return Finding.Error(
                $"the data protection keys lie in '{folder}', which a restart of the machine empties",
                "when they are gone, everybody is signed out and every form that is open fails",
                "name a place that lasts: uri under [keys] in rowhouse.ini");
        }

        if (keys.Certificate is not null && !File.Exists(keys.Certificate))
        {
            yield return Finding.Error(
                $"the certificate '{keys.Certificate}' of [keys] cert is not there",
                "without it the keys cannot be read, and no app can protect a cookie",
                "put the certificate there, or name it rightly in rowhouse.ini");
        }
        else if (keys.Certificate is null && context.IsProduction)
        {
            yield return Finding.Warning(
                $"the data protection keys in {keys.Uri} are not encrypted",
                "a copy of them, from a backup or the backend, signs in as any user of any app",
                "name a certificate: cert = FILE under [keys] in rowhouse.ini");
        }
        else
        {
            yield return Finding.Ok($"kept in {keys.Uri}{(keys.Certificate is null ? "" : ", encrypted")}");
        }
    }
}
