using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;

namespace Rowhouse.Backends.Memcached;

/// <summary>
/// One server's list of its keys, by <c>lru_crawler metadump</c>, on a connection of its own: the answer is long, has line ends of another kind
/// than all others, and comes from a thread of memcached's that serves nothing else. Of a hundred readers only one reads at a time; the
/// others are told to come again.
/// </summary>
internal sealed class KeyDump : IAsyncDisposable
{
    // memcached crawls by itself too, for a second or so.
    private const int MaxAttempts = 100;
    private static readonly TimeSpan BusyDelay = TimeSpan.FromMilliseconds(100);

    // Through the table of the keys; through the lists by age, items that are read meanwhile are missed.
    private static readonly byte[] ByHash = "lru_crawler metadump hash\r\n"u8.ToArray();

    // What servers have that do not know the first.
    private static readonly byte[] ByAge = "lru_crawler metadump all\r\n"u8.ToArray();

    private readonly MemcachedEndPoint _server;
    private readonly MemcachedOptions _options;
    private readonly NetworkStream _stream;
    private readonly PipeReader _input;
    private long _received;

    private KeyDump(MemcachedEndPoint server, MemcachedOptions options, Socket socket)
    {
        _server = server;
        _options = options;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _input = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
    }

    public static async Task<KeyDump> OpenAsync(MemcachedEndPoint server, MemcachedOptions options, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return new KeyDump(server, options, await server.ConnectAsync(either.Token));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw MemcachedErrors.Unreachable(server, exception.Message, exception);
        }
    }

    /// <summary>The keys as they were written, except those that are sent as their hash.</summary>
    public async IAsyncEnumerable<string> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Whoever answers this wrongly is asked nothing more.
        await AskAsync("version\r\n"u8.ToArray(), cancellationToken);
        if (await ReadLineAsync(cancellationToken) is var version && !version.StartsWith("VERSION ", StringComparison.Ordinal))
        {
            throw MemcachedErrors.Malformed(_server, 0, $"'{MetaReplyReader.Show(Encoding.UTF8.GetBytes(version))}' is no version");
        }

        var command = ByHash;
        await AskAsync(command, cancellationToken);
        for (var attempt = 1; await ReadLineAsync(cancellationToken) is var line && line != "END"; attempt++)
        {
            if (FindKey(line) is { } key)
            {
                attempt = 0;
                yield return key;
                continue;
            }

            command = await DelayAsync(command, line, attempt, cancellationToken);
            await AskAsync(command, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _input.CompleteAsync();
        await _stream.DisposeAsync();
    }

    // key=a%3Ab exp=1795515617 la=… and more, which newer servers have more of.
    private static string? FindKey(string line) =>
        line.StartsWith("key=", StringComparison.Ordinal) && line.IndexOf(' ', StringComparison.Ordinal) is > 4 and var end ? Uri.UnescapeDataString(line[4..end]) : null;

    // After a refusal: what is asked next.
    private async Task<byte[]> DelayAsync(byte[] command, string refusal, int attempt, CancellationToken cancellationToken)
    {
        if (refusal.StartsWith("BADCLASS", StringComparison.Ordinal) && command == ByHash)
        {
            return ByAge;
        }

        if (!refusal.StartsWith("BUSY", StringComparison.Ordinal) || attempt >= MaxAttempts)
        {
            throw MemcachedErrors.NoKeys(_server, MetaReplyReader.Show(Encoding.UTF8.GetBytes(refusal)));
        }

        await Task.Delay(BusyDelay, _options.TimeProvider, cancellationToken);
        return command;
    }

    private Task<bool> AskAsync(byte[] command, CancellationToken cancellationToken) => WithinAsync(
        async token =>
        {
            await _stream.WriteAsync(command, token);
            return true;
        },
        cancellationToken);

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await WithinAsync(token => _input.ReadAsync(token).AsTask(), cancellationToken);
            if (TryTakeLine(result.Buffer, out var line))
            {
                return line;
            }

            if (result.IsCompleted)
            {
                throw MemcachedErrors.Lost(_server, "the server closed it in the middle of the list of its keys");
            }
        }
    }

    private bool TryTakeLine(ReadOnlySequence<byte> buffer, out string line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            var bytes = buffer.Slice(0, end);
            line = Encoding.UTF8.GetString(bytes).TrimEnd('\r');
            _received += bytes.Length + 1;
            _input.AdvanceTo(buffer.GetPosition(1, end));
            return true;
        }

        if (buffer.Length > MetaReplyReader.MaxLineBytes)
        {
            throw MemcachedErrors.Malformed(_server, _received, $"a line of more than {MetaReplyReader.MaxLineBytes} bytes in the list of its keys");
        }

        line = "";
        _input.AdvanceTo(buffer.Start, buffer.End);
        return false;
    }

    // The limit is for silence: a list of many keys takes its time.
    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.OperationTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await step(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw MemcachedErrors.TimedOut(_server, _options.OperationTimeout);
        }
        catch (IOException exception)
        {
            throw MemcachedErrors.Lost(_server, exception.Message, exception);
        }
    }
}
