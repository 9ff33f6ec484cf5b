using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting.Tests;

/// <summary>Keeps the ids of what is logged.</summary>
internal sealed class CollectingLogger : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id)> _entries = [];

    public IEnumerable<(LogLevel Level, int Id)> Entries => _entries;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((logLevel, eventId.Id));
}
