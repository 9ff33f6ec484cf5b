namespace Rowhouse.Hosting.Tests;

public sealed class AppFolderTests
{
    [Theory]
    [InlineData("shop", true)]
    [InlineData("Shop_2-b", true)]
    [InlineData("2nd", true)]
    [InlineData("", false)]
    [InlineData(".git", false)]
    [InlineData("_hidden", false)]
    [InlineData("a.b", false)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    [InlineData("schöne", false)]
    public void A_name_is_ascii_and_fit_for_a_path_segment(string name, bool valid) =>
        Assert.Equal(valid, AppFolder.IsValidName(name));
}
