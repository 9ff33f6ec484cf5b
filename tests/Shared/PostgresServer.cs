namespace Rowhouse.Tests;

/// <summary>A PostgreSQL with the user app/app, who may create databases, and the database app.</summary>
public sealed class PostgresServer : PrivateServer
{
    private const string Package = "postgresql";

    private readonly string[] _options;
    private string _bin = "";
    private int _databases;

    /// <param name="options">Of the server, in addition to those for tests, which a crash of the machine would cost data.</param>
    public PostgresServer(params string[] options)
    {
        _options = options;
    }

    private string Data => Path.Combine(Folder, "data");

    /// <summary>The URI of the database app.</summary>
    public async Task<string> UriAsync(string options = "")
    {
        await StartedAsync();
        return $"postgres://app:app@127.0.0.1:{Port}/app{options}";
    }

    /// <summary>The URI of a database that is empty.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await StartedAsync();
        var name = $"fresh{Interlocked.Increment(ref _databases)}";
        await SqlAsync($"create database {name} owner app");
        return $"postgres://app:app@127.0.0.1:{Port}/{name}";
    }

    protected override async Task PrepareAsync()
    {
        var folders = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin")).OrderDescending().ToList() : [];
        _bin = Path.GetDirectoryName(Need("initdb", Package, folders))!;
        Need("postgres", Package, folders);
        if (Environment.UserName == "root")
        {
            await MustRunAsync("chown", "postgres", Folder);
        }

        // Passwords by TCP, so that the tests go the way that users go; trust on the socket for what the tests themselves do.
        await MustRunAsync(As("postgres", Path.Combine(_bin, "initdb"), "-D", Data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync"));
    }

    protected override IReadOnlyList<string> Command()
    {
        // One that was killed leaves these; where nobody collects zombies the next one would believe that it still ran.
        File.Delete(Path.Combine(Data, "postmaster.pid"));
        File.Delete(Path.Combine(Folder, $".s.PGSQL.{Port}.lock"));
        return As("postgres", [.. Arguments()]);
    }

    private IEnumerable<string> Arguments() =>
    [
        Path.Combine(_bin, "postgres"),
        "-D", Data, "-p", PortText, "-k", Folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "shared_buffers=32MB", "-c", "autovacuum=off",
        .. _options,
    ];

    protected override async Task<bool> AnswersAsync()
    {
        var (ready, _) = await RunAsync(Path.Combine(_bin, "pg_isready"), "-h", Folder, "-p", PortText);
        if (ready != 0)
        {
            return false;
        }

        var (_, text) = await RunAsync(Psql("select 1 from pg_roles where rolname = 'app'"));
        if (!text.Contains('1', StringComparison.Ordinal))
        {
            await SqlAsync("create role app login password 'app' createdb");
            await SqlAsync("create database app owner app");
        }

        return true;
    }

    private Task SqlAsync(string sql) => MustRunAsync(Psql(sql));

    private IReadOnlyList<string> Psql(string sql) => [Path.Combine(_bin, "psql"), "-qXAt", "-h", Folder, "-p", PortText, "-U", "postgres", "-d", "postgres", "-c", sql];
}
