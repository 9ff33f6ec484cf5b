using System.Buffers;

namespace Rowhouse.Backends.Memcached;

internal sealed partial class MemcachedConnection
{
    // Bytes of answers that are behind us: errors name their place in the stream.
    private long _received;

    private async Task ReceiveAsync()
    {
        Exception why;
        try
        {
            why = await ReadAnswersAsync();
        }
        catch (MalformedReplyException malformed)
        {
            why = MemcachedErrors.Malformed(_server, _received + malformed.Offset, malformed.Message, malformed);
        }
        catch (Exception exception)
        {
            why = MemcachedErrors.Lost(_server, exception.Message, exception);
        }

        Close(why);
        await _input.CompleteAsync();
    }

    private async Task<Exception> ReadAnswersAsync()
    {
        while (true)
        {
            var result = await _input.ReadAsync(_closing.Token);
            var buffer = result.Buffer;
            NoteArrival();
            TakeAnswers(ref buffer);
            _input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return MemcachedErrors.Lost(_server, buffer.IsEmpty ? "the server closed it" : "the server closed it in the middle of an answer");
            }
        }
    }

    private void TakeAnswers(ref ReadOnlySequence<byte> buffer)
    {
        var before = buffer.Length;
        while (MetaReplyReader.TryRead(ref buffer, _options.MaxValueBytes, out var reply))
        {
            Take(reply);
            _received += before - buffer.Length;
            before = buffer.Length;
        }
    }

    private void Take(in MetaReply reply)
    {
        lock (_gate)
        {
            if (!_waiting.TryPeek(out var call))
            {
                throw new MalformedReplyException(0, $"the answer {reply.Code} '{reply.Text}' to no command");
            }

            // It may go on to read the data of the command it did not understand as commands: no further call must get here.
            _isDoubtful = reply.Code == MetaCode.Error || (reply.Code == MetaCode.ClientError && call.HasPayload);
            if (call.Take(reply))
            {
                _waiting.Dequeue();
                _waitingBytes -= call.Bytes;
            }

            if (_isDoubtful)
            {
                throw new MalformedReplyException(0, $"'{reply.Refusal}' to a command that was in order");
            }
        }
    }
}
