using System.Collections;
using System.Reflection;

namespace Rowhouse.Hosting.Running.Unloading;

/// <summary>
/// An app's <see cref="IHttpClientFactory"/> cannot be disposed of: for each client that was used it has a timer, by default of two minutes
/// (HttpClientFactoryOptions.HandlerLifetime), and the timer holds the app's services. Stopped here, by reflection, since nothing else does.
/// </summary>
internal static class HttpClientTimers
{
    public static void Stop(IHttpClientFactory factory)
    {
        Stop(factory, "_cleanupTimer");
        if (Read(factory, "_activeHandlers") is not IDictionary handlers)
        {
            return;
        }

        foreach (var handler in handlers.Values)
        {
            if (handler.GetType().GetProperty(nameof(Lazy<>.Value))?.GetValue(handler) is { } entry)
            {
                Stop(entry, "_timer");
            }
        }
    }

    private static void Stop(object owner, string field) => (Read(owner, field) as Timer)?.Dispose();

    private static object? Read(object owner, string field) =>
        owner.GetType().GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(owner);
}
