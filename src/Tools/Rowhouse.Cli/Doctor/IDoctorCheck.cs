namespace Rowhouse.Cli.Doctor;

/// <summary>
/// One thing that goes wrong in production, and how to see it beforehand. A new check is one class in <c>Checks/</c> and one line in
/// <see cref="DoctorChecks"/>; docs/reference/doctor.md has a section for each.
/// </summary>
internal interface IDoctorCheck
{
    /// <summary>One word or two with a hyphen: the check's name in the output and its heading in the docs.</summary>
    string Name { get; }

    /// <summary>Looks. At least one finding, <see cref="FindingLevel.Ok"/> if nothing is wrong; none where it does not apply.</summary>
    ValueTask<IEnumerable<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken);
}
