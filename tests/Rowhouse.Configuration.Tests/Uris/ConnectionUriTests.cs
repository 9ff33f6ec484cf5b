using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Rowhouse.Configuration.Tests;

public sealed class ConnectionUriTests
{
    [Theory]
    [InlineData("file:")]
    [InlineData("file:cache/pages")]
    [InlineData("file:/srv/shop")]
    [InlineData("file:Büro%20Süd")]
    [InlineData("sqlite:shop.sqlite?busy-timeout=5s&mode=create")]
    [InlineData("sqlite::memory:")]
    [InlineData("postgres://user:pw@host:5432/db?pool=20")]
    [InlineData("postgres://shop:p%40ss%3A%2F%3F%23%25@[::1]:5432/shop%2Ftest?tls=verify&ca=/etc/ssl/ca.pem&target=prefer-standby")]
    [InlineData("postgres:///db?host=/run/postgresql")]
    [InlineData("postgres://a,b:5433,[2001:db8::1]/db?timeout=2s&command-timeout=1m30s")]
    [InlineData("mysql://root@/db?socket=/run/mysqld/mysqld.sock")]
    [InlineData("mssql://sa:x@db/shop?instance=SQLEXPRESS")]
    [InlineData("redis://host:6379/0")]
    [InlineData("redis://:pw@host")]
    [InlineData("redis:///0?socket=/run/redis.sock")]
    [InlineData("redis://s1,s2:26380/1?sentinel=mymaster")]
    [InlineData("rediss://user:pw@host?tls=require")]
    [InlineData("memcached://host:11211,host2:11211")]
    [InlineData("memcached://?socket=/run/memcached.sock")]
    [InlineData("memory:?max=64MB")]
    [InlineData("cookie:")]
    public void A_uri_is_printed_as_it_was_written(string text) => Assert.Equal(text, ConnectionUri.Parse(text).ToSecretString());

    [Fact]
    public void Every_part_is_read()
    {
        var uri = ConnectionUri.Parse("PostgreSQL://sh%6Fp:p%C3%A4ss@DB.example.com,[::0001]:5433/main?pool=20&timeout=1m30s&ca=/etc/ca%20s.pem");

        Assert.Equal("postgres", uri.Scheme);
        Assert.Equal("shop", uri.UserName);
        Assert.Equal("päss", uri.Password);
        Assert.Equal([("db.example.com", 5432), ("::1", 5433)], uri.Hosts.Select(host => (host.Name, host.Port)));
        Assert.Equal(["db.example.com:5432", "[::1]:5433"], uri.Hosts.Select(host => host.ToString()));
        Assert.Equal("main", uri.Path);
        Assert.Equal(20, uri.FindNumber("pool"));
        Assert.Equal(TimeSpan.FromSeconds(90), uri.FindDuration("timeout"));
        Assert.Equal("/etc/ca s.pem", uri.FindOption("ca"));
        Assert.Null(uri.FindOption("tls"));
        Assert.Equal("postgres://shop:päss@db.example.com,[::1]:5433/main?pool=20&timeout=1m30s&ca=/etc/ca%20s.pem", uri.ToSecretString());
        Assert.Equal(64L << 20, ConnectionUri.Parse("memory:?max=64MB").FindSize("max"));
    }

    [Theory]
    [InlineData("redis://h", "redis://h:6379")]
    [InlineData("redis://h/?timeout=1s&prefix=a", "redis://H:6379?prefix=a&timeout=1s")]
    [InlineData("postgres://u@h/db", "postgresql://u@h:5432/db")]
    [InlineData("mysql://h", "mariadb://h/")]
    [InlineData("file:///srv/x", "file:/srv/x")]
    [InlineData("postgres://u:a%40b@h/db", "postgres://u:a@b@h/db")]
    [InlineData("redis://[::1]", "redis://[0:0::1]")]
    [InlineData("redis://s?sentinel=m", "redis://s:26379?sentinel=m")]
    public void Two_spellings_of_one_connection_are_equal(string one, string other)
    {
        Assert.Equal(ConnectionUri.Parse(one), ConnectionUri.Parse(other));
        Assert.Equal(ConnectionUri.Parse(one).GetHashCode(), ConnectionUri.Parse(other).GetHashCode());
    }

    [Theory]
    [InlineData("redis://h/0", "redis://h/1")]
    [InlineData("redis://:a@h", "redis://:b@h")]
    [InlineData("redis://h", "rediss://h")]
    [InlineData("postgres://h/db?pool=1", "postgres://h/db?pool=2")]
    public void Different_connections_are_not_equal(string one, string other) => Assert.True(ConnectionUri.Parse(one) != ConnectionUri.Parse(other));

    [Fact]
    public void A_password_is_printed_only_where_it_is_asked_for()
    {
        var uri = ConnectionUri.Parse("postgres://shop:hush@h/db");

        Assert.Equal("postgres://shop:***@h/db", uri.ToString());
        Assert.Equal("redis://:***@h", ConnectionUri.Parse("redis://:hush@h").ToString());
        Assert.Equal("\"postgres://shop:***@h/db\"", JsonSerializer.Serialize(uri));
        Assert.Equal("{\"Store\":\"redis://:***@h cookie:\"}", JsonSerializer.Serialize(new { Store = ConnectionUris.Parse("redis://:hush@h cookie:") }));
        Assert.Equal(uri, JsonSerializer.Deserialize<ConnectionUri>("\"postgres://shop:hush@h/db\""));
    }

    [Fact]
    public void The_binder_of_the_framework_reads_uris()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Main", "redis://h:1"), new("All", "redis://a, redis://b")]).Build();

        var options = configuration.Get<Stores>()!;

        Assert.Equal("redis://h:1", options.Main!.ToString());
        Assert.Equal(2, options.All!.Count);
    }

    [Fact]
    public void Asking_for_an_option_that_a_scheme_does_not_have_is_a_mistake_of_the_program()
    {
        var uri = ConnectionUri.Parse("redis://h");

        Assert.Throws<ArgumentException>(() => uri.FindOption("pol"));
        Assert.Throws<ArgumentException>(() => uri.FindNumber("timeout"));
    }

    [Fact]
    public void Each_example_of_the_table_is_a_uri()
    {
        Assert.All(ConnectionScheme.All, scheme => Assert.Equal(scheme.Example, ConnectionUri.Parse(scheme.Example).ToSecretString()));
        Assert.All(ConnectionScheme.All, scheme => Assert.Distinct(scheme.Options.Select(option => option.Name)));
        Assert.All(ConnectionScheme.All, scheme => Assert.True(scheme.SocketOption is null || scheme.FindOption(scheme.SocketOption) is not null));
    }

    private sealed class Stores
    {
        public ConnectionUri? Main { get; set; }

        public ConnectionUris? All { get; set; }
    }
}
