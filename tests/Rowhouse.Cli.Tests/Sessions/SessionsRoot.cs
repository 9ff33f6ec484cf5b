using System.Text;
using Rowhouse.Backends;
using Rowhouse.Configuration;
using Rowhouse.Sessions;

namespace Rowhouse.Cli.Tests.Sessions;

/// <summary>A root with the app <c>shop</c>, and sessions as that would make them.</summary>
internal sealed class SessionsRoot : IAsyncDisposable
{
    private readonly TemporaryRoot _root = new();
    private readonly BackendRegistry _registry = new();

    public SessionsRoot(string? uri = null)
    {
        Directory.CreateDirectory(Path.Combine(_root.AddApp("shop"), "private"));
        if (uri is not null)
        {
            Configure($"[session]\nuri = {uri}\n");
        }
    }

    public string Folder => _root.Root.Folder;

    public string DataFolder => _root.Root.DataOf("shop");

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public void Configure(string text, string file = "appconfig.ini") => File.WriteAllText(_root.PathOf("shop", $"private/{file}"), text);

    public void ConfigureServer(string text) => File.WriteAllText(_root.Root.ConfigFile, text);

    public SessionStore Open(string uri = "file:sessions") => SessionStore.Open(ConnectionUri.Parse(uri), "shop", _registry.In(_root.Root.DataOf("shop")));

    /// <summary>Makes a session that was alive so long ago, and lives another day.</summary>
    public static async Task<SessionKey> AddAsync(SessionStore store, string? user = null, string? address = null, TimeSpan age = default, bool hasOwnTimeout = false, string value = "secret-value")
    {
        var key = SessionKey.Of(Guid.NewGuid().ToString("N"));
        await store.CommitAsync(
            key,
            new SessionChange
            {
                IsNew = true,
                Values = new Dictionary<string, byte[]?> { ["cart"] = Encoding.UTF8.GetBytes(value), ["count"] = [0, 0, 0, 7] },
                Modified = Now - age,
                Expires = Now + TimeSpan.FromDays(1),
                IdleTimeout = TimeSpan.FromDays(1),
                HasOwnTimeout = hasOwnTimeout,
                User = user,
                ClientAddress = address,
            },
            null,
            TestContext.Current.CancellationToken);
        return key;
    }

    public Task<CliResult> RunAsync(params string[] args) => _root.RunAsync(["sessions", .. args]);

    public Task<CliResult> RunAsync(string answer, string[] args) => _root.RunAsync(answer, ["sessions", .. args]);

    public Task<CliResult> DoctorAsync() => _root.RunAsync("doctor", "--json");

    public async ValueTask DisposeAsync()
    {
        await _registry.CloseAsync();
        _root.Dispose();
    }
}
