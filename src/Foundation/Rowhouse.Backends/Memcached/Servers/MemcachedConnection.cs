using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Rowhouse.Backends.Memcached;

/// <summary>
/// One connection, shared by all who use it: commands are written one behind the other, and since memcached answers in their order, the queue of
/// pending calls says whose an answer is. The number that each command carries proves it. When anything is in doubt the connection is closed
/// and all that waits on it fails.
/// </summary>
internal sealed partial class MemcachedConnection : IAsyncDisposable
{
    /// <summary>What may wait for an answer on one connection: a server that is too slow must not fill our memory.</summary>
    public const long MaxWaitingBytes = 64 * 1024 * 1024;

    private static readonly SearchValues<char> DigitsAndDots = SearchValues.Create("0123456789.");

    private readonly Lock _gate = new();
    private readonly MemcachedEndPoint _server;
    private readonly MemcachedOptions _options;
    private readonly NetworkStream _stream;
    private readonly PipeReader _input;

    // No thresholds: the bound on waiting bytes is ours, and so a flush never has to be waited for.
    private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 0, minimumSegmentSize: 16 * 1024, useSynchronizationContext: false));
    private readonly Queue<PendingCall> _waiting = new();
    private readonly CancellationTokenSource _closing = new();
    private Exception? _closedBy;
    private volatile bool _isDoubtful;
    private uint _nextOpaque;
    private long _waitingBytes;
    private Task _sending = Task.CompletedTask;
    private Task _receiving = Task.CompletedTask;

    private MemcachedConnection(MemcachedEndPoint server, MemcachedOptions options, Socket socket)
    {
        _server = server;
        _options = options;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _input = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true, useZeroByteReads: true));
    }

    /// <summary>Whether the connection takes calls.</summary>
    public bool IsOpen => Volatile.Read(ref _closedBy) is null && !_isDoubtful;

    /// <summary>Connects and makes sure that a memcached of the right version is there.</summary>
    public static async Task<MemcachedConnection> OpenAsync(MemcachedEndPoint server, MemcachedOptions options, CancellationToken cancellationToken)
    {
        var connection = new MemcachedConnection(server, options, await server.ConnectAsync(cancellationToken));
        try
        {
            connection.Start();
            await connection.CheckVersionAsync(cancellationToken);
            connection.StartClock();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the command of <paramref name="call"/> and queues it; false if the connection is closed.</summary>
    public bool TrySend(PendingCall call)
    {
        lock (_gate)
        {
            if (!IsOpen)
            {
                return false;
            }

            if (_waitingBytes >= MaxWaitingBytes)
            {
                throw MemcachedErrors.TooMuchWaiting(_server, _waitingBytes);
            }

            call.SentAt = _options.TimeProvider.GetTimestamp();
            call.Write(_output.Writer, _nextOpaque);
            call.Bytes = _output.Writer.UnflushedBytes;
            _nextOpaque = unchecked(_nextOpaque + call.OpaqueCount);
            _waitingBytes += call.Bytes;
            _waiting.Enqueue(call);
            Flush();
            WatchTime();
            return true;
        }
    }

    /// <summary>Ends the connection; all that waits on it fails with <paramref name="why"/>.</summary>
    public void Close(Exception why)
    {
        PendingCall[] calls;
        lock (_gate)
        {
            if (_closedBy is not null)
            {
                return;
            }

            _closedBy = why;
            calls = [.. _waiting];
            _waiting.Clear();
            _output.Writer.Complete();
            _clock?.Dispose();
        }

        _closing.Cancel();
        _stream.Dispose();
        foreach (var call in calls)
        {
            call.Fail(why);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Close(new ObjectDisposedException(nameof(MemcachedClient), "The memcached client was disposed before the answer came."));
        await _sending;
        await _receiving;
    }

    private void Start()
    {
        _sending = SendAsync();
        _receiving = ReceiveAsync();
    }

    private async Task CheckVersionAsync(CancellationToken cancellationToken)
    {
        var call = TextCall.Version(_server);
        if (!TrySend(call))
        {
            throw _closedBy!;
        }

        var version = (await call.WaitAsync(cancellationToken))[0];
        if (!IsNewEnough(version))
        {
            throw MemcachedErrors.TooOld(_server, version);
        }
    }

    // The number may have something behind it: 1.6.18-5-g7c3f, 1.6.0_beta1.
    private static bool IsNewEnough(string version)
    {
        var end = version.AsSpan().IndexOfAnyExcept(DigitsAndDots);
        return Version.TryParse(end < 0 ? version : version[..end], out var number) && number >= new Version(1, 6, 10);
    }

    private void Flush()
    {
        var flush = _output.Writer.FlushAsync(CancellationToken.None);
        System.Diagnostics.Debug.Assert(flush.IsCompleted, "A pipe without thresholds never makes its writer wait.");
    }

    private async Task SendAsync()
    {
        try
        {
            await _output.Reader.CopyToAsync(_stream, _closing.Token);
        }
        catch (Exception exception)
        {
            Close(MemcachedErrors.Lost(_server, exception.Message, exception));
        }

        await _output.Reader.CompleteAsync();
    }
}
