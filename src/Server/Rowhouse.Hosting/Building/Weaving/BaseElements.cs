using System.Reflection;
using Microsoft.AspNetCore.Components.Rendering;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Rowhouse.Hosting.Running;

namespace Rowhouse.Hosting.Building.Weaving;

/// <summary>
/// Finds where an app's components write <c>&lt;base href="/"&gt;</c>, as the SDK's Blazor template does: it says that the app has its host for
/// itself, while where the app is comes with the request (<see cref="AppCalls.AddMarkupContent"/>).
/// </summary>
internal static class BaseElements
{
    /// <summary>What is called in place of <see cref="RenderTreeBuilder.AddMarkupContent"/>.</summary>
    public static readonly MethodInfo Replacement = typeof(AppCalls).GetMethod(nameof(AppCalls.AddMarkupContent))!;

    // The builder itself is the replacement's first parameter.
    private static readonly AssemblyCall Call =
        AssemblyCall.Of(typeof(RenderTreeBuilder), nameof(RenderTreeBuilder.AddMarkupContent), Replacement.GetParameters().Skip(1));

    /// <summary>Whether the call writes markup, such an element perhaps.</summary>
    public static bool MayBeWrittenBy(AssemblyCall call) => call == Call;

    /// <summary>Whether the instruction writes markup with such an element.</summary>
    public static bool IsWrittenBy(Instruction instruction) =>
        instruction.OpCode.FlowControl == FlowControl.Call
        && instruction.Operand is MethodReference target
        && MayBeWrittenBy(AssemblyCall.Of(target))
        && instruction.Previous is { OpCode.Code: Code.Ldstr, Operand: string markup }
        && BaseElement.IsIn(markup);
}
