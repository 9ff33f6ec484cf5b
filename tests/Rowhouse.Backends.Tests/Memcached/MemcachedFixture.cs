using System.Text;
using Rowhouse.Backends.Memcached;

namespace Rowhouse.Backends.Tests.Memcached;

/// <summary>One memcached and one client for the tests of a class; each test takes keys of its own.</summary>
public sealed class MemcachedFixture : IAsyncLifetime
{
    /// <summary>Time-outs that a busy machine does not reach: for tests that are not about them.</summary>
    public static readonly MemcachedOptions Patient = new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(60),
        OperationTimeout = TimeSpan.FromSeconds(60),
        RetryDelay = TimeSpan.FromMilliseconds(50),
    };

    private MemcachedProcess? _process;
    private MemcachedClient? _client;

    public MemcachedClient Client
    {
        get
        {
            MemcachedProcess.SkipIfMissing();
            return _client!;
        }
    }

    public MemcachedEndPoint EndPoint => _process!.EndPoint;

    public static string NewKey() => "key-" + Guid.NewGuid().ToString("N");

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(MemcachedItem? item) => item is null ? "(nothing)" : Encoding.UTF8.GetString(item.Value.Span);

    public async ValueTask InitializeAsync()
    {
        if (MemcachedProcess.IsInstalled)
        {
            _process = await MemcachedProcess.StartAsync();
            _client = new MemcachedClient([_process.EndPoint], Patient);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _client!.DisposeAsync();
            await _process.DisposeAsync();
        }
    }
}
