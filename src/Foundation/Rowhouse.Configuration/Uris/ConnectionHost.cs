using System.Globalization;

namespace Rowhouse.Configuration;

/// <summary>One server of a connection URI.</summary>
public sealed record ConnectionHost
{
    internal ConnectionHost(string name, int port, bool isPortWritten)
    {
        Name = name;
        Port = port;
        IsPortWritten = isPortWritten;
    }

    /// <summary>A host name in lower case, an IPv4 address, or an IPv6 address without brackets.</summary>
    public string Name { get; }

    /// <summary>The port, from 1 to 65535; the scheme's usual one if the URI names none.</summary>
    public int Port { get; }

    internal bool IsPortWritten { get; }

    /// <summary>Whether both are the same server; it makes no difference whether the usual port is written.</summary>
    public bool Equals(ConnectionHost? other) => other is not null && Name == other.Name && Port == other.Port;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Name, Port);

    /// <summary><c>NAME:PORT</c>, an IPv6 address in brackets.</summary>
    public override string ToString() => Print(withPort: true);

    internal string Print(bool withPort)
    {
        var name = Name.Contains(':', StringComparison.Ordinal) ? $"[{Name}]" : Name;
        return withPort ? string.Create(CultureInfo.InvariantCulture, $"{name}:{Port}") : name;
    }
}
