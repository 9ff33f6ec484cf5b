using System.Buffers;
using System.IO.Pipelines;

namespace Rowhouse.Sessions;

/// <summary>The body as a pipe.</summary>
internal sealed class SessionBodyWriter : PipeWriter
{
    private readonly SessionBody _body;
    private readonly PipeWriter _inner;
    private ArrayBufferWriter<byte>? _held;
    private bool _isHolding;

    public SessionBodyWriter(SessionBody body)
    {
        _body = body;
        _inner = body.Inner.Writer;
    }

    public override bool CanGetUnflushedBytes => _inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => _inner.UnflushedBytes + HeldBytes;

    private int HeldBytes => _held?.WrittenCount ?? 0;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        _isHolding = MustHold();
        return _isHolding ? _held!.GetMemory(sizeHint) : _inner.GetMemory(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        _isHolding = MustHold();
        return _isHolding ? _held!.GetSpan(sizeHint) : _inner.GetSpan(sizeHint);
    }

    public override void Advance(int bytes)
    {
        if (_isHolding)
        {
            _held!.Advance(bytes);
        }
        else
        {
            _inner.Advance(bytes);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        IsOpen ? _inner.FlushAsync(cancellationToken) : FlushLaterAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (IsOpen)
        {
            return _inner.WriteAsync(source, cancellationToken);
        }

        this.Write(source.Span);
        return FlushLaterAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => _inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        _body.HandOver();
        _inner.Complete(exception);
    }

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        if (exception is null && !await _body.OpenAsync())
        {
            return;
        }

        _body.HandOver();
        await _inner.CompleteAsync(exception);
    }

    /// <summary>Gives the server what is held back.</summary>
    public void HandOver()
    {
        if (HeldBytes > 0)
        {
            _inner.Write(_held!.WrittenSpan);
            _held.ResetWrittenCount();
        }
    }

    private bool IsOpen => HeldBytes == 0 && !_body.IsClosed && !_body.IsDropped;

    private bool MustHold()
    {
        if (IsOpen)
        {
            return false;
        }

        _held ??= new ArrayBufferWriter<byte>();
        return true;
    }

    private async ValueTask<FlushResult> FlushLaterAsync(CancellationToken cancellationToken)
    {
        if (!await _body.OpenAsync())
        {
            _held?.ResetWrittenCount();
            return default;
        }

        HandOver();
        return await _inner.FlushAsync(cancellationToken);
    }
}
