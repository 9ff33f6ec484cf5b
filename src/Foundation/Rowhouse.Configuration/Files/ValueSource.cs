using System.Globalization;

namespace Rowhouse.Configuration;

/// <summary>Where a value was written.</summary>
/// <param name="Name">The path of a file, or the name of an environment variable.</param>
/// <param name="Line">The line, counted from 1; 0 for a variable.</param>
internal readonly record struct ValueSource(string Name, int Line)
{
    /// <summary><c>FILE:LINE</c>, or <c>variable NAME</c>.</summary>
    public override string ToString() => Line == 0 ? $"variable {Name}" : string.Create(CultureInfo.InvariantCulture, $"{Name}:{Line}");
}
