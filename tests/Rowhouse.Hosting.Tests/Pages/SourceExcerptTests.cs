namespace Rowhouse.Hosting.Tests.Pages;

public sealed class SourceExcerptTests : IDisposable
{
    private readonly PageAppFolder _app = new();

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData(1, 1, 6)]
    [InlineData(10, 5, 15)]
    [InlineData(20, 15, 20)]
    public void Five_lines_either_side_are_shown_as_far_as_there_are_any(int line, int first, int last)
    {
        var excerpt = SourceExcerpt.Find(_app.Path, _app.WriteLines("A.cs", 20), line, 3)!;

        Assert.Equal(Enumerable.Range(first, last - first + 1), excerpt.Lines.Select(shown => shown.Number));
        Assert.Equal(line, Assert.Single(excerpt.Lines, shown => shown.IsTarget).Number);
    }

    [Fact]
    public void The_word_at_the_column_is_marked()
    {
        var file = _app.Write("A.razor", "\t@missing.Thing\n");

        var line = SourceExcerpt.Find(_app.Path, file, 1, 3)!.Lines[0];

        Assert.Equal("missing", line.Text.Substring(line.MarkStart, line.MarkLength));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(400)]
    public void A_column_behind_the_end_marks_the_end(int column)
    {
        var line = SourceExcerpt.Find(_app.Path, _app.Write("A.cs", "var x = 12 +"), 1, column)!.Lines[0];

        Assert.Equal((12, 0), (line.MarkStart, line.MarkLength));
    }

    [Fact]
    public void The_empty_line_behind_the_last_line_break_can_be_the_target()
    {
        var lines = SourceExcerpt.Find(_app.Path, _app.Write("A.cs", "class A\n{\n"), 3, 1)!.Lines;

        Assert.Equal(3, lines.Single(line => line.IsTarget).Number);
    }

    [Fact]
    public void A_long_line_is_cut_so_that_the_column_stays_in_sight()
    {
        var file = _app.Write("A.cs", new string('a', 5000) + "(wrong" + new string('b', 5000));

        var line = SourceExcerpt.Find(_app.Path, file, 1, 5001)!.Lines[0];

        Assert.Equal(SourceExcerpt.MaxLineLength, line.Text.Length);
        Assert.Equal('(', line.Text[line.MarkStart]);
    }

    [Fact]
    public void A_file_outside_the_app_is_not_read()
    {
        Assert.Null(SourceExcerpt.Find(_app.Path, _app.Outside, 1, 1));
        Assert.Null(SourceExcerpt.Find(_app.Path, Path.Combine(_app.Path, "..", "other", "Secret.cs"), 1, 1));
        Assert.Null(SourceExcerpt.Find(Path.Combine(_app.Path, "..", "oth"), _app.Outside, 1, 1));
        Assert.Null(SourceExcerpt.Find(_app.Path, "Secret.cs", 1, 1));
    }

    [Fact]
    public void A_link_that_leads_out_of_the_app_is_not_followed()
    {
        var file = Path.Combine(_app.Path, "Link.cs");
        File.CreateSymbolicLink(file, _app.Outside);
        var folder = Path.Combine(_app.Path, "links");
        Directory.CreateSymbolicLink(folder, Path.GetDirectoryName(_app.Outside)!);

        Assert.Null(SourceExcerpt.Find(_app.Path, file, 1, 1));
        Assert.Null(SourceExcerpt.Find(_app.Path, Path.Combine(folder, "Secret.cs"), 1, 1));
    }

    [Theory]
    [InlineData("private/appconfig.ini")]
    [InlineData("private/Keys.cs")]
    [InlineData("notes.txt")]
    [InlineData("obj/Made.g.cs")]
    public void What_is_no_source_of_the_app_is_not_read(string name) =>
        Assert.Null(SourceExcerpt.Find(_app.Path, _app.WriteLines(name, 3), 1, 1));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(9)]
    public void A_line_that_is_not_there_gives_no_excerpt(int line) =>
        Assert.Null(SourceExcerpt.Find(_app.Path, _app.WriteLines("A.cs", 3), line, 1));

    [Fact]
    public void A_file_that_is_gone_gives_no_excerpt() =>
        Assert.Null(SourceExcerpt.Find(_app.Path, Path.Combine(_app.Path, "Gone.cs"), 1, 1));

    [Fact]
    public void A_name_is_relative_to_the_app_and_whole_elsewhere()
    {
        Assert.Equal("Views/Home/Index.cshtml", SourceExcerpt.NameOf(_app.Path, Path.Combine(_app.Path, "Views", "Home", "Index.cshtml")));
        Assert.Equal("..double/A.cs", SourceExcerpt.NameOf(_app.Path, Path.Combine(_app.Path, "..double", "A.cs")));
        Assert.Equal(_app.Outside, SourceExcerpt.NameOf(_app.Path, _app.Outside));
        Assert.Equal("", SourceExcerpt.NameOf(_app.Path, ""));
    }
}
