using System.Reflection;
using Mono.Cecil;

namespace Rowhouse.Hosting.Building.Weaving;

/// <summary>A method that an assembly calls in another one.</summary>
/// <param name="Type">The full name of the type that has the method.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Parameters">The full names of the parameters' types, as <see cref="TypeNames"/> writes them.</param>
internal readonly record struct AssemblyCall(string Type, string Method, string Parameters)
{
    /// <summary>The call of the method that an instruction refers to.</summary>
    public static AssemblyCall Of(MethodReference method) =>
        new(method.DeclaringType.FullName, method.Name, TypeNames.OfAll(method.Parameters.Select(parameter => parameter.ParameterType.FullName)));

    /// <summary>The call of a method of <paramref name="type"/> that has the parameters of <paramref name="like"/>.</summary>
    public static AssemblyCall Of(Type type, string method, IEnumerable<ParameterInfo> like) =>
        new(type.FullName!, method, TypeNames.OfAll(like.Select(parameter => TypeNames.Of(parameter.ParameterType))));
}
