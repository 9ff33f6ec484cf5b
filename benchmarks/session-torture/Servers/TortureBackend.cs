using Rowhouse.Tests;

namespace Rowhouse.SessionTorture.Servers;

/// <summary>Where the sessions are kept, on a server of its own that keeps what it has acknowledged.</summary>
internal sealed class TortureBackend : IAsyncDisposable
{
    private readonly PrivateServer? _server;

    private TortureBackend(string uri, PrivateServer? server = null)
    {
        Uri = uri;
        _server = server;
    }

    /// <summary>
    /// Kinds that several processes can share. The sessions of all but memcached outlive a crash of their server; the crash of a machine would need
    /// fsync too.
    /// </summary>
    public static IReadOnlyList<string> Kinds { get; } = ["file", "sqlite", "postgres", "mysql", "redis", "memcached"];

    public string Uri { get; }

    /// <summary>Whether there is a server that can be killed and keeps what it has acknowledged.</summary>
    public bool CanRestart => _server is not null and not MemcachedServer;

    /// <summary>
    /// Whether what was read outlives a crash even if its writer has not been told yet. Not InnoDB's, which shows others a commit
    /// before its log is written.
    /// </summary>
    public bool SeenLasts => _server is not MariaDbServer;

    public static async Task<TortureBackend> StartAsync(string kind, string folder)
    {
        switch (kind)
        {
            case "postgres":
                var postgres = new PostgresServer("-c", "synchronous_commit=on");
                return new TortureBackend(await postgres.UriAsync(), postgres);
            case "mysql":
                var mariaDb = new MariaDbServer("--innodb-flush-log-at-trx-commit=1");
                return new TortureBackend(await mariaDb.UriAsync(), mariaDb);
            case "redis":
                var redis = new RedisServer("--appendonly", "yes", "--appendfsync", "always");
                await redis.StartedAsync();
                return new TortureBackend($"redis://127.0.0.1:{redis.Port}/0", redis);
            case "memcached":
                var memcached = new MemcachedServer();
                return new TortureBackend(await memcached.UriAsync(), memcached);
            case "sqlite":
                return new TortureBackend($"sqlite:{folder}/sessions.sqlite");
            default:
                return new TortureBackend($"file:{folder}/sessions");
        }
    }

    /// <summary>Ends the server as a power cut does and starts it again.</summary>
    public Task RestartAsync() => _server?.RestartAsync() ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
