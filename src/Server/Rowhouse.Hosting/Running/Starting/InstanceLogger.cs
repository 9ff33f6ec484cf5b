using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>
/// Hands what an app logs to the server's log, and the app's scopes with each entry: opening them there too as they come would cost every request
/// several, though hardly one of them logs anything.
/// </summary>
internal sealed class InstanceLogger : ILogger
{
    private readonly ILogger _server;
    private readonly Func<IExternalScopeProvider?> _scopes;

    public InstanceLogger(ILogger server, Func<IExternalScopeProvider?> scopes)
    {
        _server = server;
        _scopes = scopes;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _scopes()?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => _server.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!_server.IsEnabled(logLevel))
        {
            return;
        }

        var opened = new Stack<IDisposable>();
        _scopes()?.ForEachScope(
            static (scope, to) =>
            {
                if (scope is not null && to.Server.BeginScope(scope) is { } inner)
                {
                    to.Opened.Push(inner);
                }
            },
            (Server: _server, Opened: opened));
        try
        {
            _server.Log(logLevel, eventId, state, exception, formatter);
        }
        finally
        {
            while (opened.TryPop(out var inner))
            {
                inner.Dispose();
            }
        }
    }
}
