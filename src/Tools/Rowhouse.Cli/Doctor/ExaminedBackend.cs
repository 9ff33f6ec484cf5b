using Rowhouse.Configuration;

namespace Rowhouse.Cli.Doctor;

/// <summary>A backend as the checks see it.</summary>
/// <param name="Uri">Its URI.</param>
/// <param name="DataFolder">Where a relative path of it lies.</param>
/// <param name="NamedBy">Who names it, for a person.</param>
internal sealed record ExaminedBackend(ConnectionUri Uri, string DataFolder, string NamedBy)
{
    /// <summary>The folder of <c>file:</c> or the file of <c>sqlite:</c>, as a full path.</summary>
    public string FullPath => Path.GetFullPath(Uri.Path ?? "", DataFolder);
}
