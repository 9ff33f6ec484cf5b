using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Sessions;

/// <summary>
/// The body of a response, which does not begin before the session is saved: a visitor who got an answer finds what it told of, and if the session
/// cannot be saved the answer can still be another one. Until then bytes are held back here, since a server does not give back what it was given.
/// Where nothing has changed, everything goes straight through.
/// </summary>
internal sealed class SessionBody : IHttpResponseBodyFeature
{
    private readonly HttpResponse _response;
    private readonly RequestSession _session;
    private SessionBodyStream? _stream;
    private SessionBodyWriter? _writer;

    public SessionBody(HttpResponse response, IHttpResponseBodyFeature inner, RequestSession session)
    {
        _response = response;
        Inner = inner;
        _session = session;
    }

    /// <summary>The server's.</summary>
    public IHttpResponseBodyFeature Inner { get; }

    public Stream Stream => _stream ??= new SessionBodyStream(this);

    public PipeWriter Writer => _writer ??= new SessionBodyWriter(this);

    /// <summary>Whether the session is to be saved before the first byte leaves.</summary>
    public bool IsClosed => !_response.HasStarted && _session.MustSave;

    /// <summary>Whether another answer will take the place of this one.</summary>
    public bool IsDropped => _session.Failure is not null && !_response.HasStarted;

    public void DisableBuffering() => Inner.DisableBuffering();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (await OpenAsync())
        {
            _writer?.HandOver();
            await Inner.StartAsync(cancellationToken);
        }
    }

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        if (await OpenAsync())
        {
            _writer?.HandOver();
            await Inner.SendFileAsync(path, offset, count, cancellationToken);
        }
    }

    public async Task CompleteAsync()
    {
        if (await OpenAsync())
        {
            _writer?.HandOver();
            await Inner.CompleteAsync();
        }
    }

    /// <summary>Saves the session if that is still to be done.</summary>
    /// <returns>Whether the body may be sent; else it is to be dropped.</returns>
    public async ValueTask<bool> OpenAsync()
    {
        if (IsClosed)
        {
            await _session.CommitAsync();
        }

        return !IsDropped;
    }

    /// <summary>Gives the server what was written and not flushed, at the end of the request.</summary>
    public void HandOver()
    {
        if (!IsDropped)
        {
            _writer?.HandOver();
        }
    }
}
