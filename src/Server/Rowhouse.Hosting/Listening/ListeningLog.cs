using Microsoft.Extensions.Logging;

namespace Rowhouse.Hosting;

internal static partial class ListeningLog
{
    [LoggerMessage(1400, LogLevel.Information, "The certificate {File} has changed and is used from now on; it holds until {NotAfter:u}.")]
    public static partial void CertificateReloaded(this ILogger logger, string file, DateTimeOffset notAfter);

    [LoggerMessage(1401, LogLevel.Error, "The certificate {File} has changed but cannot be used; the one before it goes on.")]
    public static partial void CertificateNotReloaded(this ILogger logger, Exception exception, string file);

    [LoggerMessage(1402, LogLevel.Warning, "The certificate {File} holds from {NotBefore:u} until {NotAfter:u}, and not now: browsers will refuse it.")]
    public static partial void CertificateNotValidNow(this ILogger logger, string file, DateTimeOffset notBefore, DateTimeOffset notAfter);

    [LoggerMessage(1403, LogLevel.Warning, "{Listener} cannot speak HTTP/3, because this machine has no QUIC (the library libmsquic); it speaks the other protocols.")]
    public static partial void NoHttp3(this ILogger logger, string listener);

    [LoggerMessage(1404, LogLevel.Information, "Removed the socket {Path}, which a stopped process left behind.")]
    public static partial void StaleSocketRemoved(this ILogger logger, string path);
}
