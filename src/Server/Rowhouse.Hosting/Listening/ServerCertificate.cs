using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting;

/// <summary>
/// The certificate of a TLS listener, as it lies on disk now. A handshake looks whether the files have changed, at most
/// every <see cref="CheckInterval"/>; what has changed but cannot be read leaves the certificate before it in use.
/// </summary>
internal sealed class ServerCertificate
{
    /// <summary>A renewed certificate may be used this much later; between two looks a handshake costs nothing more.</summary>
    public static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(2);

    private readonly CertificateFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _check = new();
    private SslStreamCertificateContext _context;
    private string _stamp;
    private long _checkedAt;

    private ServerCertificate(CertificateFiles files, string stamp, SslStreamCertificateContext context, TimeProvider time, ILogger logger)
    {
        _files = files;
        _stamp = stamp;
        _context = context;
        _time = time;
        _logger = logger;
        _checkedAt = time.GetTimestamp();
    }

    private X509Certificate2 Leaf => _context.TargetCertificate;

    private DateTimeOffset NotBefore => new(Leaf.NotBefore.ToUniversalTime(), TimeSpan.Zero);

    private DateTimeOffset NotAfter => new(Leaf.NotAfter.ToUniversalTime(), TimeSpan.Zero);

    /// <exception cref="RowhouseException">RH1410: the certificate cannot be used.</exception>
    public static ServerCertificate Open(CertificateFiles files, TimeProvider time, ILogger logger)
    {
        // The stamp is taken first: a change while reading is then seen at the next look.
        var stamp = files.GetStamp();
        var certificate = new ServerCertificate(files, stamp, files.Load(), time, logger);
        certificate.WarnIfNotValidNow();
        return certificate;
    }

    public SslStreamCertificateContext GetCurrent()
    {
        // One handshake reads; the others go on with what there is.
        if (_time.GetElapsedTime(Volatile.Read(ref _checkedAt)) >= CheckInterval && _check.TryEnter())
        {
            try
            {
                ReloadIfChanged();
            }
            finally
            {
                Volatile.Write(ref _checkedAt, _time.GetTimestamp());
                _check.Exit();
            }
        }

        return Volatile.Read(ref _context);
    }

    private void ReloadIfChanged()
    {
        var stamp = _files.GetStamp();
        if (stamp == _stamp)
        {
            return;
        }

        // Kept for a failure too: one change is one line in the log, and the next change is looked at again.
        _stamp = stamp;
        try
        {
            Volatile.Write(ref _context, _files.Load());
        }
        catch (RowhouseException e)
        {
            _logger.CertificateNotReloaded(e, _files.Certificate);
            return;
        }

        _logger.CertificateReloaded(_files.Certificate, NotAfter);
        WarnIfNotValidNow();
    }

    private void WarnIfNotValidNow()
    {
        var now = _time.GetUtcNow();
        if (now < NotBefore || now > NotAfter)
        {
            _logger.CertificateNotValidNow(_files.Certificate, NotBefore, NotAfter);
        }
    }
}
