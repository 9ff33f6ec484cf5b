using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Rowhouse.Hosting.Serving;

/// <summary>The server's log output as a provider that apps may have without owning it. Silent until the server has built it.</summary>
internal sealed class SharedLoggerProvider : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, Forwarder> _loggers = new(StringComparer.Ordinal);
    private ILoggerFactory _factory = NullLoggerFactory.Instance;

    public void Open(ILoggerFactory factory)
    {
        _factory = factory;
        foreach (var (category, logger) in _loggers)
        {
            logger.Inner = factory.CreateLogger(category);
        }
    }

    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, category => new Forwarder { Inner = _factory.CreateLogger(category) });

    public void Dispose()
    {
        // The factory belongs to the server.
    }

    private sealed class Forwarder : ILogger
    {
        public ILogger Inner { get; set; } = NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => Inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => Inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
