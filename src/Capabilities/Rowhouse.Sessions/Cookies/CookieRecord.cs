namespace Rowhouse.Sessions;

/// <summary>The bytes of a session in a cookie. They are read after their signature was checked, so they are our own.</summary>
internal static class CookieRecord
{
    private const byte Version = 1;

    public static byte[] Write(string id, StoredSession session)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(Version);
            writer.Write(id);
            writer.Write(session.Created.UtcTicks);
            writer.Write(session.Modified.UtcTicks);
            writer.Write(session.Expires.UtcTicks);
            writer.Write(session.End?.UtcTicks ?? 0);
            writer.Write(session.IdleTimeout.Ticks);
            writer.Write(session.HasOwnTimeout);
            writer.Write(session.User ?? "");
            writer.Write(session.ClientAddress ?? "");
            writer.Write7BitEncodedInt(session.Values.Count);
            foreach (var (key, value) in session.Values)
            {
                writer.Write(key);
                writer.Write7BitEncodedInt(value.Length);
                writer.Write(value);
            }
        }

        return stream.ToArray();
    }

    public static (string Id, StoredSession Session)? Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        if (reader.ReadByte() != Version)
        {
            return null;
        }

        var id = reader.ReadString();
        var (created, modified, expires, end) = (ReadMoment(reader), ReadMoment(reader), ReadMoment(reader), reader.ReadInt64());
        var (idle, hasOwn, user, address) = (new TimeSpan(reader.ReadInt64()), reader.ReadBoolean(), reader.ReadString(), reader.ReadString());
        var values = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var key = reader.ReadString();
            values[key] = reader.ReadBytes(reader.Read7BitEncodedInt());
        }

        return (id, new StoredSession
        {
            Key = SessionKey.Of(id),
            Created = created,
            Modified = modified,
            Expires = expires,
            End = end == 0 ? null : new DateTimeOffset(end, TimeSpan.Zero),
            IdleTimeout = idle,
            HasOwnTimeout = hasOwn,
            User = user.Length == 0 ? null : user,
            ClientAddress = address.Length == 0 ? null : address,
            Values = values,
        });
    }

    private static DateTimeOffset ReadMoment(BinaryReader reader) => new(reader.ReadInt64(), TimeSpan.Zero);
}
