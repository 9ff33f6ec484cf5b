namespace Rowhouse.Tests;

/// <summary>A MariaDB with the user app/app, who may do anything, and the database app.</summary>
public sealed class MariaDbServer : PrivateServer
{
    private const string Package = "mariadb-server";

    private readonly string[] _options;
    private string _server = "";
    private string _client = "";
    private int _databases;

    /// <param name="options">Of the server, in addition to those for tests, which a crash of the machine would cost data.</param>
    public MariaDbServer(params string[] options)
    {
        _options = options;
    }

    private string Data => Path.Combine(Folder, "data");

    private string Socket => Path.Combine(Folder, "sock");

    /// <summary>The URI of the database app.</summary>
    public async Task<string> UriAsync(string options = "")
    {
        await StartedAsync();
        return $"mysql://app:app@127.0.0.1:{Port}/app{options}";
    }

    /// <summary>The URI of a database that is empty.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await StartedAsync();
        var name = $"fresh{Interlocked.Increment(ref _databases)}";
        await SqlAsync($"create database {name}");
        return $"mysql://app:app@127.0.0.1:{Port}/{name}";
    }

    protected override async Task PrepareAsync()
    {
        _server = Need("mariadbd", Package);
        _client = Need("mariadb", "mariadb-client");
        var install = Need("mariadb-install-db", Package);
        if (Environment.UserName == "root")
        {
            await MustRunAsync("chown", "mysql", Folder);
        }

        await MustRunAsync(As("mysql", install, "--no-defaults", $"--datadir={Data}", "--auth-root-authentication-method=normal", "--skip-test-db"));
    }

    protected override IReadOnlyList<string> Command() => As("mysql",
    [
        _server,
        "--no-defaults", $"--datadir={Data}", $"--socket={Socket}", $"--pid-file={Folder}/pid", $"--port={PortText}", "--bind-address=127.0.0.1", "--skip-name-resolve",
        "--innodb-flush-log-at-trx-commit=0", "--innodb-log-file-size=16M", "--innodb-buffer-pool-size=32M", "--character-set-server=utf8mb4",
        .. _options,
    ]);

    protected override async Task<bool> AnswersAsync()
    {
        var (code, _) = await RunAsync(Mariadb("create database if not exists app; create user if not exists app@'127.0.0.1' identified by 'app'; grant all on *.* to app@'127.0.0.1'"));
        return code == 0;
    }

    private Task SqlAsync(string sql) => MustRunAsync(Mariadb(sql));

    private IReadOnlyList<string> Mariadb(string sql) => [_client, "--no-defaults", "-S", Socket, "-u", "root", "-e", sql];
}
