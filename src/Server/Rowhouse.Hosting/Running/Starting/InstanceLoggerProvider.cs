using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>Sends an app's console output through the server's, with the app's name before each category.</summary>
[ProviderAlias("Console")]
internal sealed class InstanceLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private const string Separator = ": ";

    private readonly string _app;
    private readonly ILoggerProvider _server;
    private IExternalScopeProvider? _scopes;

    public InstanceLoggerProvider(string app, ILoggerProvider server)
    {
        _app = app;
        _server = server;
    }

    /// <summary>Whether a category of the server's log is one of an app.</summary>
    public static bool IsOfApp(string? category) => category?.Contains(Separator, StringComparison.Ordinal) == true;

    public ILogger CreateLogger(string categoryName) => new InstanceLogger(_server.CreateLogger(_app + Separator + categoryName), () => _scopes);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        // The server's provider outlives its apps.
    }
}
