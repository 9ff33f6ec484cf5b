using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Rowhouse.Sessions;

/// <summary>What a session can do beyond ASP.NET Core's interface. All of it needs <c>AddRowhouseSessions()</c>, but reading and writing values.</summary>
public static class SessionExtensions
{
    /// <summary>The value of a key, read from JSON; null (or the default) if there is none.</summary>
    /// <exception cref="RowhouseException">RH5015: what is stored is no <typeparamref name="T"/>.</exception>
    public static T? Get<T>(this ISession session, string key) => SessionJson.Read<T>(key, Find(session, key));

    /// <summary><see cref="Get{T}(ISession, string)"/> with generated code in the place of reflection.</summary>
    /// <exception cref="RowhouseException">RH5015: what is stored is no <typeparamref name="T"/>.</exception>
    public static T? Get<T>(this ISession session, string key, JsonTypeInfo<T> type) => SessionJson.Read(key, Find(session, key), type);

    /// <summary>Sets the value of a key, written as JSON. Null removes it.</summary>
    /// <exception cref="RowhouseException">RH5014: the session would hold too much.</exception>
    public static void Set<T>(this ISession session, string key, T? value) => Put(session, key, SessionJson.Write(value));

    /// <summary><see cref="Set{T}(ISession, string, T)"/> with generated code in the place of reflection.</summary>
    /// <exception cref="RowhouseException">RH5014: the session would hold too much.</exception>
    public static void Set<T>(this ISession session, string key, T? value, JsonTypeInfo<T> type) => Put(session, key, SessionJson.Write(value, type));

    /// <summary>
    /// Changes the value of a key atomically and saves it at once: if another request was faster, <paramref name="update"/> is called again with what
    /// that one has stored. So it may run several times.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="key">The key.</param>
    /// <param name="update">The new value for the present one; null for none.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What is stored now.</returns>
    /// <exception cref="RowhouseException">RH5017: the session has ended; RH5018: others were faster too often; RH5014, RH5015.</exception>
    /// <exception cref="BackendUnavailableException">The backend is down.</exception>
    public static async Task<T?> UpdateAsync<T>(this ISession session, string key, Func<T?, T?> update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return SessionJson.Read<T>(key, await Of(session).UpdateAsync(key, old => SessionJson.Write(update(SessionJson.Read<T>(key, old))), cancellationToken));
    }

    /// <inheritdoc cref="UpdateAsync{T}(ISession, string, Func{T, T}, CancellationToken)" />
    /// <param name="type">Generated code in the place of reflection.</param>
#pragma warning disable CS1573 // the others are inherited
    public static async Task<T?> UpdateAsync<T>(this ISession session, string key, Func<T?, T?> update, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
#pragma warning restore CS1573
    {
        ArgumentNullException.ThrowIfNull(update);
        return SessionJson.Read(key, await Of(session).UpdateAsync(key, old => SessionJson.Write(update(SessionJson.Read(key, old, type)), type), cancellationToken), type);
    }

    /// <inheritdoc cref="UpdateAsync{T}(ISession, string, Func{T, T}, CancellationToken)" />
    public static Task<byte[]?> UpdateAsync(this ISession session, string key, Func<byte[]?, byte[]?> update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return Of(session).UpdateAsync(key, old => update(old?.ToArray()), cancellationToken);
    }

    /// <summary>
    /// Gives the session a new id and keeps what it holds. Call it when somebody signs in: an id that was planted on him before is then worth nothing.
    /// Requests that are under way with the old id lose nothing. The response must not have begun.
    /// </summary>
    /// <exception cref="BackendUnavailableException">The backend is down; the request is then answered 503 under every outage policy.</exception>
    public static Task RenewAsync(this ISession session, CancellationToken cancellationToken = default) => Of(session).RenewAsync(cancellationToken);

    /// <summary>Removes the session from the backend and deletes its cookie. What is set afterwards begins a new one.</summary>
    /// <exception cref="BackendUnavailableException">The backend is down; the request is then answered 503 under every outage policy.</exception>
    public static Task ForgetAsync(this ISession session, CancellationToken cancellationToken = default) => Of(session).ForgetAsync(cancellationToken);

    /// <summary>
    /// From the next request on serves this session on https only: a request by plain http finds it empty, not available, and saves nothing. A browser on
    /// this machine (localhost) counts as secure, as browsers have it.
    /// </summary>
    public static void Secure(this ISession session) => Of(session).Secure();

    /// <summary>
    /// Gives this session an idle time-out of its own ("remember me"), and a cookie that outlives the browser for that time. A session that holds
    /// nothing yet takes it when it comes into being.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="timeout">From 1 s to 3650 d.</param>
    public static void SetIdleTimeout(this ISession session, TimeSpan timeout) => Of(session).SetIdleTimeout(timeout);

    private static RequestSession Of(ISession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session as RequestSession ?? throw SessionsErrors.NotRowhouse(session.GetType());
    }

    private static byte[]? Find(ISession session, string key)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session is RequestSession ours ? ours.Find(key) : session.TryGetValue(key, out var value) ? value : null;
    }

    private static void Put(ISession session, string key, byte[]? value)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (value is null)
        {
            session.Remove(key);
        }
        else if (session is RequestSession ours)
        {
            ours.Put(key, value);
        }
        else
        {
            session.Set(key, value);
        }
    }
}
