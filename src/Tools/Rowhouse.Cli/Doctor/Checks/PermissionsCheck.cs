using System.Runtime.Versioning;

namespace Rowhouse.Cli.Doctor.Checks;

/// <summary>Secrets in files that every user of the machine can read.</summary>
internal sealed class PermissionsCheck : IDoctorCheck
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public string Name => "permissions";

    public ValueTask<IEnumerable<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) => new(Look(context));

    private static IEnumerable<Finding> Look(DoctorContext context)
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        var found = 0;
        foreach (var (path, what, app) in Secrets(context))
        {
            if (IsOpen(path))
            {
                found++;
                yield return Finding.Error(
                    $"'{path}' can be read by every user of this machine",
                    $"it holds {what}",
                    $"chmod o-rwx '{path}'",
                    app);
            }
        }

        if (found == 0)
        {
            yield return Finding.Ok("no file with secrets can be read by other users");
        }
    }

    private static IEnumerable<(string Path, string What, string? App)> Secrets(DoctorContext context)
    {
        foreach (var app in context.Apps)
        {
            var folder = Path.Combine(app.Folder, "private");
            if (Directory.Exists(folder))
            {
                foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                {
                    yield return (file, "what the app keeps private", app.Name);
                }
            }
        }

        var named = context.Config.Listeners.SelectMany(listener => new[] { listener.KeyFile, listener.PasswordFile })
            .Concat(context.Config.Keys.Certificates)
            .Append(context.Config.Keys.PasswordFile)
            .OfType<string>()
            .Select(file => Path.GetFullPath(file, context.Root.Folder))
            .Where(File.Exists)
            .Distinct(StringComparer.Ordinal);
        foreach (var file in named)
        {
            yield return (file, "a private key or a password", null);
        }

        if (context.Config.Keys.Uri.Scheme == "file" && Directory.Exists(Path.Combine(context.Root.Data, context.Config.Keys.Uri.Path ?? "")))
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(context.Root.Data, context.Config.Keys.Uri.Path ?? ""), "*.xml"))
            {
                yield return (file, "a data protection key", null);
            }
        }
    }

    // A folder that others may not enter protects what is in it.
    [UnsupportedOSPlatform("windows")]
    private static bool IsOpen(string path)
    {
        if ((File.GetUnixFileMode(path) & Others) == 0)
        {
            return false;
        }

        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if ((File.GetUnixFileMode(folder) & UnixFileMode.OtherExecute) == 0)
            {
                return false;
            }
        }

        return true;
    }
}
