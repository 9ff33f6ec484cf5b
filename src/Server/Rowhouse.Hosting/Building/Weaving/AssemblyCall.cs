namespace Rowhouse.Hosting.Building.Weaving;

/// <summary>A method that an assembly calls in another one.</summary>
internal readonly record struct AssemblyCall(string Type, string Method, int Parameters);
