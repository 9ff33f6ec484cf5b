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

        var missing = keys.Certificates.Where(certificate => !File.Exists(certificate)).ToList();
        foreach (var certificate in missing)
        {
            yield return Finding.Error(
                $"the certificate '{certificate}' of [keys] cert is not there",
                "without it the keys cannot be read, and no app can protect a cookie",
                "put the certificate there, or name it rightly in rowhouse.ini");
        }

        if (missing.Count > 0)
        {
            yield break;
        }

        if (keys.Certificates.Count == 0 && context.IsProduction)
        {
            yield return Finding.Warning(
                $"the data protection keys in {keys.Uri} are not encrypted",
                "a copy of them, from a backup or the backend, signs in as any user of any app",
                "name a certificate: cert = FILE under [keys] in rowhouse.ini");
        }
        else
        {
            yield return Finding.Ok($"kept in {keys.Uri}{(keys.Certificates.Count == 0 ? "" : ", encrypted")}");
        }
    }
}
