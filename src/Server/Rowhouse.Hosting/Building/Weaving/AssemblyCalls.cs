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
                var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
                var space = metadata.GetString(type.Namespace);
                var name = metadata.GetString(type.Name);
                calls.Add(new AssemblyCall(space.Length == 0 ? name : $"{space}.{name}", metadata.GetString(member.Name), CountParameters(metadata, member)));
            }
        }

        return calls;
    }

    private static int CountParameters(MetadataReader metadata, MemberReference member)
    {
        var signature = metadata.GetBlobReader(member.Signature);
        var header = signature.ReadSignatureHeader();
        if (header.IsGeneric)
        {
            signature.ReadCompressedInteger();
        }

        return signature.ReadCompressedInteger();
    }
}
