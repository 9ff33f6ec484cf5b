using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Rowhouse.Backends;

/// <summary>Keeps data protection keys on a backend. Its interface is ASP.NET Core's, and so is synchronous: it is used at start and once a day.</summary>
public abstract class KeyStore : IXmlRepository
{
    /// <summary>An element of a key ring is about 1 KB, encrypted about 3 KB.</summary>
    private const int MaxElement = 256 * 1024;

    private protected KeyStore(Backend backend)
    {
        Backend = backend;
    }

    /// <summary>The backend that keeps the keys.</summary>
    public Backend Backend { get; }

    /// <summary>The keys that are kept on a backend.</summary>
    /// <exception cref="RowhouseException">RH4201: it cannot keep keys.</exception>
    public static KeyStore On(Backend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return KeyStores.Create(backend);
    }

    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements() => [.. ReadAll().Select(Parse)];

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);

        // The name is a part of a file name; the framework gives "key-GUID".
        var name = !string.IsNullOrEmpty(friendlyName) && friendlyName.Length <= 100 && friendlyName.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? friendlyName
            : Guid.NewGuid().ToString();
        Write(name, element.ToString(SaveOptions.DisableFormatting));
    }

    private protected abstract IReadOnlyCollection<string> ReadAll();

    private protected abstract void Write(string name, string xml);

    private static XElement Parse(string xml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxElement };
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        return XElement.Load(reader);
    }
}
