namespace Rowhouse.Hosting;

/// <summary>One message of a compiler about an app's sources.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="Code">The compiler's code, for example <c>CS0103</c> or <c>RZ1005</c>.</param>
/// <param name="File">The source it is about, as a full path; empty if it is about none.</param>
/// <param name="Line">The line, counted from 1; 0 if unknown.</param>
/// <param name="Column">The column, counted from 1; 0 if unknown.</param>
/// <param name="Message">The compiler's words.</param>
public sealed record BuildDiagnostic(BuildSeverity Severity, string Code, string File, int Line, int Column, string Message);
