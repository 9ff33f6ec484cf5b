using System.Collections.Immutable;

namespace Rowhouse.Configuration;

/// <summary>The table of the schemes and their options. docs/reference/connection-uris.md shows it.</summary>
internal static class ConnectionSchemes
{
    public const string Sentinel = "sentinel";

    /// <summary>Sentinels listen here where nothing else is said (redis.io, "High availability with Redis Sentinel").</summary>
    public const int SentinelPort = 26379;

    private const int MaxHosts = 16;

    private static readonly ConnectionOption Pool = Number("pool", 1, 10_000, "the most connections that are open at once");
    private static readonly ConnectionOption Connect = Duration("timeout", "the longest time that connecting may take");
    private static readonly ConnectionOption Command = Duration("command-timeout", "the longest time that one command may take");
    private static readonly ConnectionOption Tls = Word("tls", "encryption: prefer takes what the server offers, require does not check the certificate, verify does", "disable", "prefer", "require", "verify");
    private static readonly ConnectionOption Ca = Path("ca", "a PEM file with the authorities whose certificates are trusted");
    private static readonly ConnectionOption Certificate = Path("cert", "a PEM file with the client's own certificate");
    private static readonly ConnectionOption Key = Path("key", "a PEM file with the key of that certificate");
    private static readonly ConnectionOption Socket = Path("socket", "the unix socket of a server on this machine, in place of hosts");
    private static readonly ConnectionOption Prefix = Text("prefix", "put before every key, so that several systems can share one server");

    public static ImmutableArray<ConnectionScheme> All { get; } =
    [
        new("file", "files in a folder", "file:cache") { Path = PathKind.Folder },
        new("sqlite", "a SQLite database", "sqlite:shop.sqlite?busy-timeout=5s")
        {
            Path = PathKind.File,
            Options =
            [
                Duration("busy-timeout", "how long a writer waits for another one"),
                Word("mode", "create makes a file that is missing, write needs one, read only reads", "create", "write", "read"),
                Pool,
                Command,
            ],
        },
        new("postgres", "PostgreSQL", "postgres://shop:pw@db.example.com:5432/shop?pool=20&tls=verify")
        {
            Alias = "postgresql", DefaultPort = 5432, MaxHosts = MaxHosts, HasUser = true, Path = PathKind.Database, SocketOption = "host",
            Options =
            [
                Pool, Connect, Command, Tls, Ca, Certificate, Key,
                Path("host", "the folder of the unix socket of a server on this machine, in place of hosts"),
                Word("target", "which server of several is taken", "any", "primary", "standby", "prefer-primary", "prefer-standby"),
                Text("schema", "the schemas that are searched, separated by commas"),
                Number("prepare", 0, 1000, "how many statements are prepared by themselves; leave it out behind pgbouncer before 1.21"),
            ],
        },
        new("mysql", "MySQL or MariaDB", "mysql://shop:pw@db.example.com:3306/shop?pool=20")
        {
            Alias = "mariadb", DefaultPort = 3306, MaxHosts = MaxHosts, HasUser = true, Path = PathKind.Database, SocketOption = "socket",
            Options = [Pool, Connect, Command, Tls, Ca, Certificate, Key, Socket],
        },
        new("mssql", "Microsoft SQL Server", "mssql://shop:pw@db.example.com:1433/shop?tls=verify")
        {
            Alias = "sqlserver", DefaultPort = 1433, MaxHosts = 1, HasUser = true, Path = PathKind.Database,
            Options = [Pool, Connect, Command, Tls, Ca, Text("instance", "the name of the instance on that host")],
        },
        new("redis", "Redis or Valkey", "redis://:pw@cache.example.com:6379/0?timeout=2s")
        {
            DefaultPort = 6379, MaxHosts = MaxHosts, HasUser = true, Path = PathKind.Number, SocketOption = "socket",
            Options = [Connect, Command, Socket, Prefix, Master],
        },
        new("rediss", "Redis or Valkey by TLS", "rediss://:pw@cache.example.com:6380/0?ca=/etc/ssl/cache.pem")
        {
            DefaultPort = 6379, MaxHosts = MaxHosts, HasUser = true, Path = PathKind.Number,
            Options = [Connect, Command, Prefix, Master, Word("tls", "verify (the default) checks the certificate, require does not", "require", "verify"), Ca, Certificate, Key],
        },
        new("memcached", "memcached; keys are spread over the hosts", "memcached://a.example.com:11211,b.example.com:11211")
        {
            DefaultPort = 11211, MaxHosts = 64, Path = PathKind.None, SocketOption = "socket", Options = [Pool, Connect, Command, Socket, Prefix],
        },
        new("memory", "the memory of this process", "memory:?max=64MB")
        {
            Options = [new("max", OptionKind.Size, "the most memory that is used") { Min = 1 << 20 }],
        },
        new("cookie", "the visitor's browser", "cookie:"),
    ];

    private static ConnectionOption Master => Text(Sentinel, "the hosts are sentinels, and this is the name of the master they watch; the usual port is 26379 then");

    private static ConnectionOption Text(string name, string meaning) => new(name, OptionKind.Text, meaning);

    private static ConnectionOption Path(string name, string meaning) => new(name, OptionKind.Path, meaning);

    private static ConnectionOption Word(string name, string meaning, params string[] words) => new(name, OptionKind.Word, meaning) { Words = words };

    private static ConnectionOption Number(string name, int min, int max, string meaning) => new(name, OptionKind.Number, meaning) { Min = min, Max = max };

    // Less than 10 ms is a forgotten unit, and more than an hour is no time-out.
    private static ConnectionOption Duration(string name, string meaning) =>
        new(name, OptionKind.Duration, meaning) { Min = 10, Max = (long)TimeSpan.FromHours(1).TotalMilliseconds };
}
