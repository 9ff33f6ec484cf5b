using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rowhouse.Architecture.Tests;

/// <summary>What a source file may look like.</summary>
internal static class SourceShape
{
    public const int MaxLines = 400;

    public static string? FindTooLong(string path, string text)
    {
        var lines = text.Split('\n').Length - (text.EndsWith('\n') ? 1 : 0);
        return lines > MaxLines ? $"{path} has {lines} lines, the limit is {MaxLines}. Split it by topic, as Type.Topic.cs." : null;
    }

    /// <summary>One top-level type per file, named like the file; parts of a partial type are called <c>Type.Topic.cs</c>.</summary>
    public static string? FindMisnamedType(string path, string text)
    {
        var file = Path.GetFileNameWithoutExtension(path);
        if (file == "Program")
        {
            return null;
        }

        var types = CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot()
            .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .Where(member => !member.Modifiers.Any(SyntaxKind.FileKeyword))
            .ToList();

        if (types.Count > 1)
        {
            return $"{path} has {types.Count} types ({string.Join(", ", types.Select(NameOf))}); give each a file of its own.";
        }

        return types.Count == 0 || Fits(types[0], file) ? null : $"{path} has the type {NameOf(types[0])}; name the file {NameOf(types[0])}.cs.";
    }

    private static bool Fits(MemberDeclarationSyntax type, string file)
    {
        var name = NameOf(type);
        return file == name
            || (type.Modifiers.Any(SyntaxKind.PartialKeyword) && file.StartsWith(name + ".", StringComparison.Ordinal))
            || (IsGeneric(type) && file == name + "OfT");
    }

    private static bool IsGeneric(MemberDeclarationSyntax type) =>
        type is TypeDeclarationSyntax { TypeParameterList: not null } or DelegateDeclarationSyntax { TypeParameterList: not null };

    private static string NameOf(MemberDeclarationSyntax type) =>
        type is BaseTypeDeclarationSyntax declared ? declared.Identifier.Text : ((DelegateDeclarationSyntax)type).Identifier.Text;
}
