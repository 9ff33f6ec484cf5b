namespace Rowhouse.Hosting;

/// <summary>What a compiler says of one place in an app's sources.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">The compiler's code, for example <c>CS1002</c> or <c>RZ1006</c>.</param>
/// <param name="File">The file as a full path; empty where no file is at fault.</param>
/// <param name="Line">The line, counted from 1; 0 if unknown.</param>
/// <param name="Column">The column, counted from 1; 0 if unknown.</param>
/// <param name="Message">The compiler's message.</param>
public sealed record BuildDiagnostic(BuildSeverity Severity, string Code, string File, int Line, int Column, string Message)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{(File.Length == 0 ? "" : $"{File}({Line},{Column}): ")}{(Severity == BuildSeverity.Error ? "error" : "warning")} {Code}: {Message}";
}
