using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Rowhouse.Hosting.Building.Weaving;

/// <summary>Reads from an assembly's metadata which methods of others it calls; nothing is loaded or run.</summary>
internal static class AssemblyCalls
{
    public static IReadOnlySet<AssemblyCall> Read(Stream assembly)
    {
        var calls = new HashSet<AssemblyCall>();
        using var image = new PEReader(assembly, PEStreamOptions.LeaveOpen);
        if (!image.HasMetadata)
        {
            return calls;
        }

        var metadata = image.GetMetadataReader();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.GetKind() == MemberReferenceKind.Method && member.Parent.Kind == HandleKind.TypeReference)
            {
                var signature = member.DecodeMethodSignature(TypeNames.Instance, null);
                calls.Add(new AssemblyCall(
                    TypeNames.Of(metadata, (TypeReferenceHandle)member.Parent), metadata.GetString(member.Name), TypeNames.OfAll(signature.ParameterTypes)));
            }
        }

        return calls;
    }
}
