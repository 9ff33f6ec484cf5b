namespace Rowhouse.Sessions.Tests.Stores;

public sealed class SessionTableNameTests
{
    [Theory]
    [InlineData("shop", "rowhouse_session_shop")]
    [InlineData("shop_2", "rowhouse_session_shop_2")]
    public void An_app_whose_name_can_be_one_of_a_table_has_it(string app, string table) =>
        Assert.Equal(table, SessionTableName.Of(app));

    [Fact]
    public void Names_that_differ_in_any_way_give_different_tables_that_every_database_takes()
    {
        string[] apps = ["shop", "Shop", "SHOP", "sh-op", "sh.op", "sh_op", "sh__op", "日本", "日", "", new string('a', 36), new string('a', 37), new string('a', 200), "shop__a7962ed6b98fb02f", SessionTableName.Of("Shop")["rowhouse_session_".Length..]];
        var tables = apps.Select(SessionTableName.Of).ToList();

        Assert.Equal(apps.Length, tables.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(tables, table => Assert.Matches("^[a-z0-9_]{1,55}$", table));
    }
}
