namespace Rowhouse.Hosting.Building.Weaving;

/// <summary>A method that an assembly calls in another one.</summary>
/// <param name="Type">The full name of the type that has the method.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Parameters">The full names of the parameters' types, as <see cref="TypeNames"/> writes them.</param>
internal readonly record struct AssemblyCall(string Type, string Method, string Parameters);
