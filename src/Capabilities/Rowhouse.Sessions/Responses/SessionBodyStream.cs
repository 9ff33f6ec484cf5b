using System.Buffers;

namespace Rowhouse.Sessions;

/// <summary>
/// The body as a stream. Writing synchronously is only possible where the server allows it; what is written before the session is saved is then kept for
/// the next asynchronous call, since no thread waits for a backend.
/// </summary>
internal sealed class SessionBodyStream : Stream
{
    private readonly SessionBody _body;
    private readonly Stream _inner;

    public SessionBodyStream(SessionBody body)
    {
        _body = body;
        _inner = body.Inner.Stream;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (_body.IsClosed)
        {
            _body.Writer.Write(buffer.AsSpan(offset, count));
        }
        else if (!_body.IsDropped)
        {
            _body.HandOver();
            _inner.Write(buffer, offset, count);
        }
    }

    public override IAsyncResult BeginWrite(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(WriteAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override void EndWrite(IAsyncResult asyncResult) => TaskToAsyncResult.End(asyncResult);

    public override void Flush()
    {
        if (!_body.IsClosed && !_body.IsDropped)
        {
            _body.HandOver();
            _inner.Flush();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_body.IsClosed || _body.IsDropped)
        {
            return WriteLaterAsync(buffer, cancellationToken);
        }

        _body.HandOver();
        return _inner.WriteAsync(buffer, cancellationToken);
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (await _body.OpenAsync())
        {
            _body.HandOver();
            await _inner.FlushAsync(cancellationToken);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask WriteLaterAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        if (await _body.OpenAsync())
        {
            _body.HandOver();
            await _inner.WriteAsync(buffer, cancellationToken);
        }
    }
}
