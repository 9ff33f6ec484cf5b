using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>Sends an app's console output through the server's, with the app's name before each category.</summary>
[ProviderAlias("Console")]
internal sealed class InstanceLoggerProvider : ILoggerProvider
{
    private readonly string _app;
    private readonly ILoggerProvider _server;

    public InstanceLoggerProvider(string app, ILoggerProvider server)
    {
        _app = app;
        _server = server;
    }

    public ILogger CreateLogger(string categoryName) => _server.CreateLogger($"{_app}: {categoryName}");

    public void Dispose()
    {
        // The server's provider outlives its apps.
    }
}
