using System.CommandLine;
using Microsoft.Extensions.Logging;
using Rowhouse.Cli.Config;
using Rowhouse.Hosting;
using Rowhouse.Hosting.Isolation;

namespace Rowhouse.Cli;

/// <summary><c>rowhouse run</c>: the server, until it is told to stop.</summary>
internal sealed class RunCommand : CliCommand
{
    private readonly Option<string[]> _listen = new("--listen")
    {
        Description = "Where requests come in: http://HOST:PORT, https://HOST:PORT?cert=FILE&key=FILE, unix:/PATH. May be repeated; takes the place of those in rowhouse.ini.",
        HelpName = "URI",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _app = new("--app")
    {
        Description = "Serves only this app. May be repeated.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _environment = new("--environment")
    {
        Description = "Development, Staging, Production or a name of your own. Default: Production.",
        HelpName = "NAME",
    };

    public RunCommand(Terminal terminal)
        : base(
            "run",
            "Serves the apps of a root until Ctrl+C or SIGTERM; SIGHUP reloads rowhouse.ini.",
            terminal,
            "rowhouse run --environment Development",
            "rowhouse run --root /srv/row --listen http://127.0.0.1:8080 --listen unix:/run/row.sock")
    {
        AddOptions(_listen, _app, _environment);
    }

    public override bool HandlesSignals => true;

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        ServerConfig Read() => ReadConfig(root, arguments);
        var config = Read();
        if (ChildProcess.IsThis)
        {
            await ServeAsChildAsync(config);
            return ExitCode.Ok;
        }

        WarnOfConfigurations(config);
        using var signals = new ShutdownSignals();
        var server = RowhouseServer.Create(config, logging => RunLogging.Configure(logging, Terminal));
        var management = await ManagementServer.StartAsync(root, () => server.Config.Environment, () => server.Apps, cancellationToken);
        var running = ServeAsync(server, management, Read, signals, cancellationToken);
        if (await Task.WhenAny(running, signals.Second) == running)
        {
            await running;
            return ExitCode.Ok;
        }

        Terminal.Error.WriteLine("Ended at once; requests in flight were given up.");
        return ExitCode.Interrupted;
    }

    // All of all apps at once. Each app with errors fails by itself; the others are served.
    private void WarnOfConfigurations(ServerConfig config)
    {
        var apps = AppFolder.List(config.Root).Where(app => config.OnlyApps?.Contains(app) != false);
        foreach (var model in AppPlaces.ReadAll(config, apps).Where(model => model.Problems.Count > 0))
        {
            Terminal.WriteError($"the configuration of '{model.Place.AppName}' has errors:\n{string.Join('\n', model.Problems)}");
        }
    }

    // One app for a parent server, which has the signals, the management socket and the configuration's reload to itself.
    private async Task ServeAsChildAsync(ServerConfig config)
    {
        await using var server = RowhouseServer.Create(config, logging => RunLogging.Configure(logging, Terminal));
        await server.StartAsync();
        await server.WaitForShutdownAsync();
        await server.StopAsync();
    }

    private async Task ServeAsync(
        RowhouseServer server, ManagementServer management, Func<ServerConfig> read, ShutdownSignals signals, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.First, cancellationToken);
        try
        {
            // Before the start: an unanswered SIGHUP ends a process.
            using var logs = LoggerFactory.Create(logging => RunLogging.Configure(logging, Terminal));
            await using var reload = new ConfigReload(server, read, logs.CreateLogger<ConfigReload>());
            await server.StartAsync(stop.Token);
            reload.Start();
            StartupSummary.Write(Terminal, server.Config, server.Addresses, server.Apps);
            await server.WaitForShutdownAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            await server.StopAsync(CancellationToken.None);
            await server.DisposeAsync();
            await management.DisposeAsync();
        }
    }

    private ServerConfig ReadConfig(ServerRoot root, ParseResult arguments)
    {
        var apps = arguments.GetValue(_app);
        return AppOperations.ReadConfig(
            root,
            arguments.GetValue(_listen) is { Length: > 0 } listeners ? listeners : null,
            apps is { Length: > 0 } ? AppNames.GetAll(root, apps) : null,
            arguments.GetValue(_environment));
    }
}
