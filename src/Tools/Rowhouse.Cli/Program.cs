using Rowhouse.Cli;

var exitCode = await RowhouseCommandLine.RunAsync(args, Terminal.OfProcess());
#pragma warning disable RS0030 // Returning would wait for ever for a foreground thread that an app left behind.
Environment.Exit(exitCode);
#pragma warning restore RS0030
