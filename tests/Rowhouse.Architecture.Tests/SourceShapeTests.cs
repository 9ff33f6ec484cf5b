namespace Rowhouse.Architecture.Tests;

public sealed class SourceShapeTests
{
    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Repository.MustBeEmpty(
            new[] { "src", "tests", "benchmarks", "applications" }
                .SelectMany(folder => Repository.Files(folder, "*.cs"))
                .Select(path => SourceShape.FindTooLong(path, Repository.Read(path)))
                .OfType<string>());

    [Fact]
    public void Each_type_has_a_file_of_its_name()
    {
        var files = Repository.Files("src", "*.cs").Where(path => !Repository.IsTemplate(path)).ToList();

        Assert.NotEmpty(files);
        Repository.MustBeEmpty(files.Select(path => SourceShape.FindMisnamedType(path, Repository.Read(path))).OfType<string>());
    }

    [Theory]
    [InlineData(400, "\n", false)]
    [InlineData(400, "", false)]
    [InlineData(401, "\n", true)]
    [InlineData(401, "", true)]
    public void The_law_of_the_lines_counts_right(int lines, string end, bool tooLong) =>
        Assert.Equal(tooLong, SourceShape.FindTooLong("a.cs", string.Join('\n', Enumerable.Repeat("x", lines)) + end) is not null);

    [Theory]
    [InlineData("Shop.cs", "namespace A; public class Shop { class Inner { } }", true)]
    [InlineData("Shop.cs", "namespace A; public class Shop { } internal enum Kind { }", false)]
    [InlineData("Shop.cs", "namespace A { internal record Store(int X); }", false)]
    [InlineData("Shop.cs", "namespace A; public delegate void Shop();", true)]
    [InlineData("Shop.cs", "public delegate void Store();", false)]
    [InlineData("Shop.cs", "namespace A; interface Shop { } file class Hidden { }", true)]
    [InlineData("Shop.Sales.cs", "namespace A; partial class Shop { }", true)]
    [InlineData("Shop.Sales.cs", "namespace A; class Shop { }", false)]
    [InlineData("Shopping.cs", "namespace A; partial class Shop { }", false)]
    [InlineData("ShopOfT.cs", "namespace A; class Shop<T> { }", true)]
    [InlineData("Usings.cs", "global using System;", true)]
    [InlineData("Program.cs", "return new A().X; class A { public int X; } class B { }", true)]
    public void The_law_of_one_type_per_file_tells_right_from_wrong(string file, string text, bool allowed) =>
        Assert.Equal(allowed, SourceShape.FindMisnamedType("src/" + file, text) is null);
}
