using System.Text;
using Microsoft.Extensions.Configuration.Ini;

namespace Rowhouse.Configuration.Tests;

public sealed class IniFileTests
{
    private static readonly IniGrammar Flat = new(FirstSections: null, GoesOn: (_, _, _) => false);

    [Fact]
    public void The_grammar_is_that_of_the_framework()
    {
        const string Text = """
            ; a comment
            # another one

            [server]
              listen   =   http://*:80
            quoted = " a b "
            half = "
            empty =
            equals = a=b=c
            comment = a ; b
            [ spaced section ]
            key with spaces = 1
            [app:shop]
            a:b = 2
            [app:shop]
            again = 3
            """;
        var problems = new ConfigProblems("x.ini");
        var ours = IniFile.Parse(Text, Flat, problems).SelectMany(section => section.Entries).ToDictionary(entry => $"{entry.Section}:{entry.Key}", entry => (string?)entry.Value);
        Assert.Empty(problems.Describe());
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Text));
        var theirs = IniStreamConfigurationProvider.Read(stream);
        Assert.Equal(theirs.OrderBy(pair => pair.Key, StringComparer.Ordinal), ours.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }
}
