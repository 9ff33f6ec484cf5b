using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary>
/// SIGHUP: reads <c>rowhouse.ini</c> again and puts it in force. A file with errors changes nothing; each error is logged.
/// Signals that come while one is being answered are answered together, once.
/// </summary>
internal sealed class ConfigReload : IAsyncDisposable
{
    private readonly RowhouseServer _server;
    private readonly Func<ServerConfig> _read;
    private readonly ILogger _logger;
    private readonly Channel<bool> _requests = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly PosixSignalRegistration _registration;
    private Task _loop = Task.CompletedTask;

    public ConfigReload(RowhouseServer server, Func<ServerConfig> read, ILogger logger)
    {
        _server = server;
        _read = read;
        _logger = logger;
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            _requests.Writer.TryWrite(true);
        });
    }

    /// <summary>Answers signals from now on; one that came before is answered first.</summary>
    public void Start() => _loop = AnswerAsync();

    public async ValueTask DisposeAsync()
    {
        _registration.Dispose();
        _requests.Writer.TryComplete();
        await _loop;
    }

    private async Task AnswerAsync()
    {
        await foreach (var _ in _requests.Reader.ReadAllAsync())
        {
            await ReloadAsync();
        }
    }

    private async Task ReloadAsync()
    {
        var file = _server.Config.Root.ConfigFile;
        try
        {
            var config = _read();
            if (!config.Listeners.SequenceEqual(_server.Config.Listeners))
            {
                Log.ListenersNeedRestart(_logger, file);
            }

            await _server.ApplyAsync(config);
            Log.ConfigReloaded(_logger, file);
        }
        catch (Exception exception) when (exception is RowhouseException or AggregateException or IOException or UnauthorizedAccessException)
        {
            foreach (var error in ErrorsOf(exception))
            {
                Log.ConfigError(_logger, error);
            }

            Log.ConfigKept(_logger, file);
        }
    }

    private static IEnumerable<string> ErrorsOf(Exception exception)
    {
        var errors = exception is AggregateException many ? many.InnerExceptions : (IReadOnlyList<Exception>)[exception];
        return errors.SelectMany(error => error.Message
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => error is RowhouseException { Code: var code } ? $"{code}: {line}" : line));
    }
}
