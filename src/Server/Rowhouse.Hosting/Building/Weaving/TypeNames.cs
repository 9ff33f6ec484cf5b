using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Rowhouse.Hosting.Building.Weaving;

/// <summary>
/// Names types by what metadata says of them, the way Mono.Cecil does: <c>System.String[]</c>, <c>System.Action`1&lt;System.Int32&gt;</c>.
/// What no redirected call has in its signature has no exact name.
/// </summary>
internal sealed class TypeNames : ISignatureTypeProvider<string, object?>
{
    private const string Other = "?";

    public static readonly TypeNames Instance = new();

    /// <summary>The same name, of a type at hand.</summary>
    public static string Of(Type type) =>
        type.IsArray ? Of(type.GetElementType()!) + "[]"
        : type.IsConstructedGenericType ? $"{type.GetGenericTypeDefinition().FullName}<{string.Join(',', type.GenericTypeArguments.Select(Of))}>"
        : type.FullName!;

    public static string OfAll(IEnumerable<string> parameters) => string.Join(',', parameters);

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Of(reader, handle);

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(',', typeArguments)}>";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Other;

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => Other;

    public string GetArrayType(string elementType, ArrayShape shape) => Other;

    public string GetByReferenceType(string elementType) => Other;

    public string GetFunctionPointerType(MethodSignature<string> signature) => Other;

    public string GetGenericMethodParameter(object? genericContext, int index) => Other;

    public string GetGenericTypeParameter(object? genericContext, int index) => Other;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => Other;

    internal static string Of(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var space = metadata.GetString(type.Namespace);
        var name = metadata.GetString(type.Name);
        return space.Length == 0 ? name : $"{space}.{name}";
    }
}
