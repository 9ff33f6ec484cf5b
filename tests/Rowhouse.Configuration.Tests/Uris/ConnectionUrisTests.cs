namespace Rowhouse.Configuration.Tests;

public sealed class ConnectionUrisTests
{
    [Theory]
    [InlineData("postgres://a/x postgres://b/x", 2)]
    [InlineData("postgres://a/x, postgres://b/x", 2)]
    [InlineData("postgres://a/x ,\n  postgres://b/x\r\n\tpostgres://c/x", 3)]
    [InlineData("memcached://a,b,c", 1)]
    [InlineData("  memory: ", 1)]
    public void White_space_separates_uris_and_a_bare_comma_separates_hosts(string text, int count) =>
        Assert.Equal(count, ConnectionUris.Parse(text).Count);

    [Theory]
    [InlineData("redis://a redis://b", ConnectionOrder.Failover)]
    [InlineData("redis://a?order=failover redis://b", ConnectionOrder.Failover)]
    [InlineData("redis://a?order=random redis://b", ConnectionOrder.Random)]
    [InlineData("redis://a?order=roundrobin&timeout=1s redis://b", ConnectionOrder.RoundRobin)]
    public void The_first_says_in_which_order_they_are_taken(string text, ConnectionOrder order)
    {
        var uris = ConnectionUris.Parse(text);

        Assert.Equal(order, uris.Order);
        Assert.DoesNotContain(uris[0].Options, option => option.Key == "order");
        Assert.Equal(uris, ConnectionUris.Parse(uris.ToSecretString()));
    }

    [Theory]
    [InlineData("", "RH2306")]
    [InlineData(" , ", "RH2301")]
    [InlineData("redis://a redis://b?order=random", "RH2305")]
    [InlineData("redis://a?order=rand redis://b", "RH2305")]
    [InlineData("redis://a,", "RH2303")]
    public void A_wrong_list_is_an_error(string text, string code)
    {
        Assert.Equal(code, Assert.Throws<RowhouseException>(() => ConnectionUris.Parse(text)).Code);
        Assert.False(ConnectionUris.TryParse(text, out _));
    }

    [Fact]
    public void A_list_is_printed_without_passwords()
    {
        const string Text = "redis://:hush@a?order=random redis://:hush@b/1";
        var uris = ConnectionUris.Parse(Text);

        Assert.Equal("redis://:***@a?order=random redis://:***@b/1", uris.ToString());
        Assert.Equal(Text, uris.ToSecretString());
    }
}
