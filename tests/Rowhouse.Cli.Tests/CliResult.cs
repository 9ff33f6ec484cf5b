namespace Rowhouse.Cli.Tests;

/// <summary>What one call of the command line gave.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error);
