using System.ComponentModel;
using System.Globalization;

namespace Rowhouse.Configuration;

/// <summary>Lets the framework's binder of options read <see cref="ConnectionUri"/> and <see cref="ConnectionUris"/>.</summary>
internal sealed class ConnectionUriTypeConverter : TypeConverter
{
    private readonly Type _type;

    public ConnectionUriTypeConverter(Type type)
    {
        _type = type;
    }

    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => value is not string text
        ? throw GetConvertFromException(value)
        : _type == typeof(ConnectionUris) ? ConnectionUris.Parse(text) : ConnectionUri.Parse(text);
}
