using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Rowhouse.Tests;

/// <summary>Keeps what was logged.</summary>
public sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Category, string Message)> _entries = [];

    public IReadOnlyCollection<(LogLevel Level, string Category, string Message)> Entries => _entries;

    public IEnumerable<string> Errors => _entries.Where(entry => entry.Level >= LogLevel.Error).Select(entry => $"{entry.Category}: {entry.Message}");

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // The entries stay readable.
    }

    private sealed class Logger : ILogger
    {
        private readonly RecordedLog _log;
        private readonly string _category;

        public Logger(RecordedLog log, string category)
        {
            _log = log;
            _category = category;
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _log._entries.Enqueue((logLevel, _category, exception is null ? formatter(state, exception) : $"{formatter(state, exception)}\n{exception}"));
    }
}
