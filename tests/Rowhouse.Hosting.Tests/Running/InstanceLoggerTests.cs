using Microsoft.Extensions.Logging;
using Rowhouse.Hosting.Running.Starting;

namespace Rowhouse.Hosting.Tests.Running;

public sealed class InstanceLoggerTests
{
    [Fact]
    public void The_scopes_of_an_app_come_to_the_servers_log_with_what_is_logged_and_not_before()
    {
        using var server = new ScopedLog();
        using var provider = new InstanceLoggerProvider("shop", server);
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(provider));
        var logger = factory.CreateLogger("Orders");

        using (logger.BeginScope("request 7"))
        using (logger.BeginScope("order 8"))
        {
            Assert.Equal(0, server.Opened);
            logger.LogWarning("no stock");
        }

        logger.LogWarning("closed");

        Assert.Equal(["shop: Orders [request 7 order 8] no stock", "shop: Orders [] closed"], server.Lines);
    }

    private sealed class ScopedLog : ILoggerProvider, ILogger
    {
        private readonly LoggerExternalScopeProvider _scopes = new();
        private string _category = "";

        public List<string> Lines { get; } = [];

        public int Opened { get; private set; }

        public ILogger CreateLogger(string categoryName)
        {
            _category = categoryName;
            return this;
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Opened++;
            return _scopes.Push(state);
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<object?>();
            _scopes.ForEachScope(static (scope, all) => all.Add(scope), scopes);
            Lines.Add($"{_category} [{string.Join(' ', scopes)}] {formatter(state, exception)}");
        }

        public void Dispose()
        {
            // Nothing is open.
        }
    }
}
