using Rowhouse.Sessions.Tests;
using Rowhouse.Sessions.Tests.Nodes;
using Rowhouse.Tests;

if (args is [NodeProcess.Argument, var role, ..])
{
    return await NodeRoles.RunAsync(role, args[2..]);
}

// As xunit's own entry point has it: `dotnet test` speaks another protocol than `dotnet X.dll`.
return args.Contains("--server")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
