using System.Diagnostics;
using System.Globalization;
using Rowhouse.Hosting.Running;
using Rowhouse.Hosting.Serving;

namespace Rowhouse.Hosting.Isolation;

/// <summary>The command that starts a child: this very server, told to serve one app on two sockets.</summary>
internal static class ChildCommand
{
    private const string Name = "rowhouse";

    // The garbage collector fights for its limit; the rest is for code, stacks and what native libraries take.
    private const double HeapShare = 0.8;

    // What systemd meant for the parent alone.
    private static readonly string[] OfParent = ["NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"];

    /// <exception cref="AppStartException">RH1501: this process is not the server's own executable.</exception>
    public static ProcessStartInfo For(AppHost host, string app, AppSettings settings, ChildSockets sockets)
    {
        var command = Find() ?? throw new AppStartException(HostingErrors.NoChildCommand(app, AppContext.BaseDirectory));
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = Path.Combine(host.Root.Applications, app),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            .. command[1..],
            "run",
            "--root", host.Root.Folder,
            "--app", app,
            "--environment", host.EnvironmentOf(app),
            "--listen", sockets.Http1Listener,
            "--listen", sockets.Http2Listener,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        SetEnvironment(start.Environment, host, app, settings);
        return start;
    }

    private static void SetEnvironment(IDictionary<string, string?> environment, AppHost host, string app, AppSettings settings)
    {
        foreach (var name in OfParent)
        {
            environment.Remove(name);
        }

        environment[ChildProcess.Variable] = app;
        environment[ChildProcess.AddressesVariable] = string.Join(' ', host.Addresses);
        if (settings.MemoryLimitBytes is { } limit)
        {
            environment["DOTNET_GCHeapHardLimit"] = ((long)(limit * HeapShare)).ToString("X", CultureInfo.InvariantCulture);
        }
    }

    private static string[]? Find()
    {
        var process = Environment.ProcessPath;
        if (process is not null && Path.GetFileNameWithoutExtension(process) == Name)
        {
            return [process];
        }

        // Started as 'dotnet rowhouse.dll', or by a program that has the server beside it.
        var assembly = Path.Combine(AppContext.BaseDirectory, Name + ".dll");
        var executable = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? Name + ".exe" : Name);
        return process is not null && Path.GetFileNameWithoutExtension(process) == "dotnet" && File.Exists(assembly) ? [process, assembly]
            : File.Exists(executable) ? [executable]
            : null;
    }
}
