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
    /// <summary>The form that editors and CI systems recognise: <c>FILE(LINE,COLUMN): error CODE: TEXT</c>.</summary>
    public override string ToString()
    {
        var place = File.Length == 0 ? "" : Line == 0 ? $"{File}: " : $"{File}({Line},{Column}): ";
        return $"{place}{(Severity == BuildSeverity.Error ? "error" : "warning")} {Code}: {Message}";
    }
}
