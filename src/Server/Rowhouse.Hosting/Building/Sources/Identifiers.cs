using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Rowhouse.Hosting.Building.Sources;

/// <summary>C# names made of apps' names.</summary>
internal static class Identifiers
{
    /// <summary>The root namespace of an app, as <c>dotnet new</c> makes it: what no identifier may hold becomes <c>_</c>.</summary>
    public static string NamespaceOf(string app)
    {
        var name = new StringBuilder(app.Length + 1);
        foreach (var character in app)
        {
            name.Append(SyntaxFacts.IsIdentifierPartCharacter(character) ? character : '_');
        }

        if (!SyntaxFacts.IsIdentifierStartCharacter(name[0]))
        {
            name.Insert(0, '_');
        }

        var text = name.ToString();
        return SyntaxFacts.GetKeywordKind(text) == SyntaxKind.None ? text : "_" + text;
    }
}
