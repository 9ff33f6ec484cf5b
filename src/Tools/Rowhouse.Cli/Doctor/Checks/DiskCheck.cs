using System.Globalization;

namespace Rowhouse.Cli.Doctor.Checks;

/// <summary>A full disk loses sessions, tickets and uploads at once.</summary>
internal sealed class DiskCheck : IDoctorCheck
{
    // A day of logs and tickets of a busy server fits in; below it somebody should look today.
    private const long LeastBytes = 1L << 30;
    private const double LeastShare = 0.05;

    public string Name => "disk";

    public ValueTask<IEnumerable<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) => new(Look(context));

    private static IEnumerable<Finding> Look(DoctorContext context)
    {
        var folder = Directory.Exists(context.Root.Data) ? context.Root.Data : context.Root.Folder;
        var drive = new DriveInfo(folder);
        var share = (double)drive.AvailableFreeSpace / drive.TotalSize;
        var free = string.Create(CultureInfo.InvariantCulture, $"{ByteSize.Describe(drive.AvailableFreeSpace)} of {ByteSize.Describe(drive.TotalSize)} are free in '{folder}'");
        yield return drive.AvailableFreeSpace >= LeastBytes && share >= LeastShare
            ? Finding.Ok(free)
            : new Finding(
                drive.AvailableFreeSpace < LeastBytes / 10 ? FindingLevel.Error : FindingLevel.Warning,
                null,
                free,
                "when the disk is full, sessions, tickets and uploads cannot be written",
                "delete what is not needed (logs, old builds, old archives), or move 'data' to a larger disk");
    }
}
