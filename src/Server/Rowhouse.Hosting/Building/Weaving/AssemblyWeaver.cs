using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Rowhouse.Hosting.Building.Weaving;

/// <summary>
/// Redirects the few calls by which an app's own code reaches for the process as if it were alone in it
/// (<see cref="AppCalls"/> lists them), or writes the address of its own root into a page (<see cref="BaseElements"/>). Only assemblies
/// with such a call are rewritten; most apps have none.
/// </summary>
internal static class AssemblyWeaver
{
    /// <summary>Part of every build's id: raise it when the redirected calls change.</summary>
    public const string Version = "weave3";

    /// <summary>Rewrites the assembly at <paramref name="path"/> in place where it must be.</summary>
    /// <returns>Whether it was rewritten.</returns>
    public static bool Weave(string path)
    {
        if (!NeedsWeaving(path))
        {
            return false;
        }

        var woven = path + ".woven";
        var symbols = Path.ChangeExtension(path, ".pdb");
        using (var resolver = new FolderResolver(Path.GetDirectoryName(path)!))
        {
            var hasSymbols = File.Exists(symbols);
            using var module = ModuleDefinition.ReadModule(path, new ReaderParameters
            {
                AssemblyResolver = resolver,
                InMemory = true,
                ReadSymbols = hasSymbols,
                SymbolReaderProvider = hasSymbols ? new PortablePdbReaderProvider() : null,
            });
            if (!Redirect(module))
            {
                return false;
            }

            module.Write(woven, new WriterParameters
            {
                WriteSymbols = hasSymbols,
                SymbolWriterProvider = hasSymbols ? new PortablePdbWriterProvider() : null,
                DeterministicMvid = true,
            });
        }

        File.Move(woven, path, overwrite: true);
        var wovenSymbols = Path.ChangeExtension(woven, ".pdb");
        if (File.Exists(wovenSymbols))
        {
            File.Move(wovenSymbols, symbols, overwrite: true);
        }

        return true;
    }

    /// <summary>Weaves, or leaves the assembly as it is if it cannot be rewritten: native or mixed code, not an assembly at all.</summary>
    public static bool TryWeave(string path)
    {
        try
        {
            return Weave(path);
        }
        catch (Exception e) when (e is BadImageFormatException or NotSupportedException or InvalidOperationException or AssemblyResolutionException)
        {
            File.Delete(path + ".woven");
            return false;
        }
    }

    private static bool NeedsWeaving(string path)
    {
        using var stream = File.OpenRead(path);
        return AssemblyCalls.Read(stream).Any(call => AppCallTable.Find(call) is not null || BaseElements.MayBeWrittenBy(call));
    }

    private static bool Redirect(ModuleDefinition module)
    {
        var redirected = false;
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            foreach (var instruction in method.Body.Instructions.ToList())
            {
                if (instruction.OpCode.FlowControl == FlowControl.Call
                    && instruction.Operand is MethodReference { DeclaringType: { IsGenericInstance: false } } target
                    && AppCallTable.Find(AssemblyCall.Of(target)) is { } replacement)
                {
                    instruction.Operand = Import(module, target, replacement);
                    KeepFrame(method, instruction);
                    redirected = true;
                }
                else if (BaseElements.IsWrittenBy(instruction))
                {
                    instruction.OpCode = OpCodes.Call;
                    instruction.Operand = module.ImportReference(BaseElements.Replacement);
                    redirected = true;
                }
            }
        }

        return redirected;
    }

    // The replacement finds the app by the assembly that calls it: the caller may neither be inlined nor left by a tail call, which takes
    // a ret that follows at once.
    private static void KeepFrame(MethodDefinition method, Instruction call)
    {
        method.ImplAttributes |= MethodImplAttributes.NoInlining;
        method.ImplAttributes &= ~MethodImplAttributes.AggressiveInlining;
        var processor = method.Body.GetILProcessor();
        processor.InsertAfter(call, processor.Create(OpCodes.Nop));
    }

    private static MethodReference Import(ModuleDefinition module, MethodReference target, System.Reflection.MethodInfo replacement)
    {
        var imported = module.ImportReference(replacement);
        if (target is not GenericInstanceMethod generic)
        {
            return imported;
        }

        var instance = new GenericInstanceMethod(imported);
        foreach (var argument in generic.GenericArguments)
        {
            instance.GenericArguments.Add(argument);
        }

        return instance;
    }

    /// <summary>References are only named in what is written, never followed; Cecil asks for some all the same.</summary>
    private sealed class FolderResolver : DefaultAssemblyResolver
    {
        public FolderResolver(string folder)
        {
            AddSearchDirectory(folder);
            AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
            AddSearchDirectory(Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Http.HttpContext).Assembly.Location)!);
            AddSearchDirectory(AppContext.BaseDirectory);
        }
    }
}
