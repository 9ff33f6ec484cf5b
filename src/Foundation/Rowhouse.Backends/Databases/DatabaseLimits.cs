namespace Rowhouse.Backends;

/// <summary>The limits that a URI sets to a database, and what they are without it.</summary>
internal sealed record DatabaseLimits(ConnectionUri Uri)
{
    /// <summary>Ten connections keep a database server with a disk busy (PostgreSQL wiki, "Number Of Database Connections"); twenty leave room.</summary>
    private const int DefaultPool = 20;

    /// <summary>SQLite blocks a thread while it works. Readers do not disturb one another, writers take turns anyway.</summary>
    private const int DefaultSqlitePool = 4;

    public int Pool => Uri.FindNumber("pool") ?? (Uri.Scheme == "sqlite" ? DefaultSqlitePool : DefaultPool);

    /// <summary>Connecting across a continent takes less than a second.</summary>
    public TimeSpan Connect => (Uri.Scheme == "sqlite" ? null : Uri.FindDuration("timeout")) ?? TimeSpan.FromSeconds(5);

    /// <summary>As the drivers have it.</summary>
    public TimeSpan Command => Uri.FindDuration("command-timeout") ?? TimeSpan.FromSeconds(30);

    /// <summary>For drivers that count in seconds.</summary>
    public int ConnectSeconds => Seconds(Connect);

    /// <summary>
    /// A second more than <see cref="Command"/>, so that a call of a backend, which has its own limit, is ended by that one: drivers block a thread
    /// each while they cancel, a backend lets two do so at once.
    /// </summary>
    public int CommandSeconds => Seconds(Command) + 1;

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
}
