namespace Rowhouse.Sessions;

/// <summary>What stands under a key: a session, or for a while the key under which it goes on (see <see cref="SessionStore.RenewAsync"/>).</summary>
internal sealed record SessionRecord
{
    private SessionRecord(StoredSession? session, SessionKey? successor, DateTimeOffset expires)
    {
        Session = session;
        Successor = successor;
        Expires = expires;
    }

    public StoredSession? Session { get; }

    public SessionKey? Successor { get; }

    public DateTimeOffset Expires { get; }

    public static SessionRecord Of(StoredSession session) => new(session, successor: null, session.Expires);

    public static SessionRecord LeadingTo(SessionKey successor, DateTimeOffset now) => new(session: null, successor, now + SessionStore.SuccessorLife);

    /// <summary>As <see cref="LeadingTo"/>, for a record that is read.</summary>
    public static SessionRecord Leading(SessionKey successor, DateTimeOffset expires) => new(session: null, successor, expires);

    /// <summary>The session, if it is to be served.</summary>
    public StoredSession? Alive(DateTimeOffset now) => Expires > now ? Session : null;

    /// <summary>Where the key leads, as long as it does.</summary>
    public SessionKey? SuccessorAt(DateTimeOffset now) => Expires > now ? Successor : null;

    /// <summary>Whether another session may take its place: not one with a sign of life as late, nor where a renewed key stands.</summary>
    public bool YieldsTo(StoredSession imported, DateTimeOffset now) => Expires <= now || (Session is { } session && session.Modified < imported.Modified);
}
