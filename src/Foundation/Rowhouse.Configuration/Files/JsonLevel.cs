using System.Globalization;

namespace Rowhouse.Configuration;

/// <summary>An object or an array that the reader is in.</summary>
internal sealed class JsonLevel
{
    private readonly bool _isArray;
    private int _count;

    public JsonLevel(bool isArray)
    {
        _isArray = isArray;
    }

    /// <summary>The name of the property, or the number of the element, that is being read.</summary>
    public string Name { get; set; } = "";

    public void BeginValue()
    {
        if (_isArray)
        {
            Name = _count++.ToString(CultureInfo.InvariantCulture);
        }
    }
}
