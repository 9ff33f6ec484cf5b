using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Rowhouse.Hosting;

/// <summary>Turns what Kestrel throws when it cannot listen into what a person can act on.</summary>
internal static class ListenerErrors
{
    /// <summary>The explanation, or null if <paramref name="exception"/> is not about listening.</summary>
    /// <param name="exception">What the start threw.</param>
    /// <param name="failed">Where the last attempt to bind failed, if that is known.</param>
    /// <param name="listeners">The listeners that were to be opened.</param>
    public static RowhouseException? Explain(Exception exception, EndPoint? failed, IReadOnlyList<ListenerUri> listeners)
    {
        if (Find<RowhouseException>(exception) is { } explained)
        {
            return explained;
        }

        var socketError = Find<SocketException>(exception)?.SocketErrorCode;
        if (socketError is null && exception is not IOException && Find<AddressInUseException>(exception) is null)
        {
            return null;
        }

        var listener = listeners.FirstOrDefault(candidate => IsAt(candidate, failed));
        var name = listener?.Address ?? failed?.ToString() ?? "a listener";
        return socketError switch
        {
            SocketError.AddressAlreadyInUse => HostingErrors.AddressInUse(name, (failed as IPEndPoint)?.Port ?? 0, exception),
            SocketError.AccessDenied => HostingErrors.AddressForbidden(name, exception),
            SocketError.AddressNotAvailable => HostingErrors.AddressNotHere(name, exception),
            _ => HostingErrors.CannotListen(name, exception.Message.TrimEnd('.'), exception),
        };
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception => exception switch
        {
            null => null,
            T found => found,
            AggregateException many => many.InnerExceptions.Select(Find<T>).FirstOrDefault(found => found is not null),
            _ => Find<T>(exception.InnerException),
        };

    private static bool IsAt(ListenerUri listener, EndPoint? endpoint) =>
        endpoint is IPEndPoint tcp
        && listener.Scheme is ListenerScheme.Http or ListenerScheme.Https
        && listener.Port == tcp.Port
        && (listener.Host is "*" or "localhost" || IPAddress.Parse(listener.Host).Equals(tcp.Address));
}
