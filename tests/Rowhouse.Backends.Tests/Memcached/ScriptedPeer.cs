using System.Text;

namespace Rowhouse.Backends.Tests.Memcached;

/// <summary>The far end of one connection to a <see cref="ScriptedServer"/>.</summary>
internal sealed class ScriptedPeer
{
    private readonly Stream _stream;
    private readonly CancellationToken _ending;

    public ScriptedPeer(ScriptedServer server, Stream stream, CancellationToken ending)
    {
        Server = server;
        _stream = stream;
        _ending = ending;
    }

    public ScriptedServer Server { get; }

    /// <summary>The next line without its end.</summary>
    public async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await _stream.ReadExactlyAsync(one, _ending);
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }
    }

    /// <summary>The number of the next command, which its answer has to carry.</summary>
    public async Task<string> ReadOpaqueAsync() => (await ReadLineAsync()).Split(' ').Single(token => token.StartsWith('O'));

    public async Task SendAsync(string text) => await SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, _ending);

    /// <summary>Says nothing more until the client hangs up or the test is over.</summary>
    public async Task BeSilentAsync()
    {
        var rest = new byte[64 * 1024];
        while (await _stream.ReadAsync(rest, _ending) > 0)
        {
        }
    }

    /// <summary>Not even reads until the test is over.</summary>
    public Task HangAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _ending);
}
