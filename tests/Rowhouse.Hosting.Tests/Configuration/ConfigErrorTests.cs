using System.Text;

namespace Rowhouse.Hosting.Tests;

public sealed class ConfigErrorTests
{
    [Theory]
    [InlineData("uri = memory:", "memory: cannot keep keys")]
    [InlineData("uri = postgers://db/keys", "RH2301")]
    [InlineData("password-file = keys.password", "there is no cert that it could open")]
    [InlineData("url = file:keys", "did you mean 'uri'")]
    public void Where_keys_are_kept_is_checked(string line, string expected)
    {
        using var root = new ConfigRoot($"[keys]\n{line}\n");

        Assert.Contains(expected, Assert.Throws<RowhouseException>(() => root.Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("two")]
    [InlineData("1001")]
    public void The_number_of_nodes_is_checked(string nodes)
    {
        using var root = new ConfigRoot($"[server]\nnodes = {nodes}\n");

        Assert.Contains("a whole number from 1 to 1000", Assert.Throws<RowhouseException>(() => root.Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_come_at_once_each_with_its_line()
    {
        using var root = new ConfigRoot("""
            stray = 1
            [server]
            lisen = http://*:80
            listen = http://*:80 ftp://x
                http://*:99999
            isolation = process
            [sever]
            [shop]
            [app:b@d]
            [routes]
            shop.example.com:8080 = shop
            shop.example.com = no such app
            [apps]
            isolation = proces
            idle = 20min
            [app:blog]
            memory = 512MB
            start = lazy ; saves memory
            start = eager
            just words
            """, "shop");
        var errors = root.ReadErrors();
        Assert.Equal(
            [
                "'rowhouse.ini' has 16 errors:",
                "rowhouse.ini:1: 'stray' stands before the first section; begin with [server], [routes], [keys], [apps] or [app:NAME]",
                "rowhouse.ini:3: [server] lisen: unknown key (did you mean 'listen'?); allowed here: listen, environment, nodes",
                "rowhouse.ini:4: [server] listen: RH1401: 'ftp://x' is not a listener. Write http://ADDRESS:PORT, https://ADDRESS:PORT?cert=FILE&key=FILE, unix:/PATH.sock or systemd:, for example http://127.0.0.1:8000.",
                "rowhouse.ini:5: [server] listen: RH1404: The port of the listener 'http://*:99999' cannot be used: the port is '99999'; it is a number from 1 to 65535, or 0 for any free one.",
                "rowhouse.ini:6: [server] isolation: unknown key; allowed here: listen, environment, nodes; 'isolation' belongs into [apps] or [app:NAME]",
                "rowhouse.ini:7: [sever]: unknown section (did you mean '[server]'?); there are [server], [routes], [keys], [apps] and [app:NAME]",
                "rowhouse.ini:8: [shop]: unknown section (did you mean '[app:shop]'?); there are [server], [routes], [keys], [apps] and [app:NAME]",
                "rowhouse.ini:9: [app:b@d]: 'b@d' cannot be the name of an app: letters, digits, '-' and '_', at most 64, the first a letter or digit",
                "rowhouse.ini:11: [routes] shop.example.com:8080 = shop: a route names no port, only a host: write 'shop.example.com'; the ports are those of 'listen' in [server]",
                "rowhouse.ini:12: [routes] shop.example.com = no such app: expected the name of an app: letters, digits, '-' and '_', at most 64, the first a letter or digit",
                "rowhouse.ini:14: [apps] isolation = proces: expected shared or process (did you mean 'process'?)",
                "rowhouse.ini:15: [apps] idle = 20min: expected never, or a duration from 1s to 365d such as 20m or 1h30m (units d, h, m, s, ms)",
                "rowhouse.ini:17: [app:blog] memory = 512MB: only a process of its own can be limited; add 'isolation = process' to this section, or leave memory out",
                "rowhouse.ini:18: [app:blog] start = lazy ; saves memory: expected eager or lazy; a comment needs a line of its own",
                "rowhouse.ini:19: [app:blog] start = eager: line 18 already gives this key; leave one of the two out",
                "rowhouse.ini:20: 'just words' is neither [section] nor key = value nor a comment, which begins with ';' or '#'",
            ],
            errors);
    }

    [Theory]
    [InlineData("shop.example.com = shop\nSHOP.example.com. = blog")]
    [InlineData("example.com/a = shop\nexample.com/A/ = shop")]
    [InlineData("/ = shop\n/ = blog")]
    public void A_place_that_is_given_away_twice_is_an_error(string routes)
    {
        using var root = new ConfigRoot("[routes]\n" + routes);
        Assert.Contains("line 2 already says which app answers here", Assert.Single(root.ReadErrors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com", "no scheme")]
    [InlineData("*", "leave the host out")]
    [InlineData("a.*.com", "host name")]
    [InlineData("-a.com", "host name")]
    [InlineData("a..com", "host name")]
    [InlineData("[::1]:80", "names no port")]
    [InlineData("[1.2.3.4]/x", "IPv6")]
    [InlineData("example.com/a//b", "empty segment")]
    [InlineData("/a/../b", "'..'")]
    [InlineData("/a%20b", "decoded")]
    [InlineData("/a?b", "decoded")]
    [InlineData("/blog/*", "'*'")]
    [InlineData("/_Rowhouse/x", "reserved")]
    public void A_place_that_no_request_can_have_is_an_error(string place, string why)
    {
        using var root = new ConfigRoot($"[routes]\n{place} = shop");
        var error = Assert.Single(root.ReadErrors());
        Assert.StartsWith("rowhouse.ini:2: [routes] ", error, StringComparison.Ordinal);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("isolation", "")]
    [InlineData("start", "Lazy")]
    [InlineData("idle", "0s")]
    [InlineData("idle", "366d")]
    [InlineData("start-timeout", "2h")]
    [InlineData("start-timeout", "never")]
    [InlineData("drain", "30")]
    [InlineData("drain", "-1s")]
    [InlineData("probe", "health")]
    [InlineData("probe", "//evil.example")]
    [InlineData("memory", "512")]
    [InlineData("memory", "lots")]
    [InlineData("environment", "a/b")]
    public void A_value_outside_its_limits_is_an_error_that_says_what_is_allowed(string key, string value)
    {
        using var root = new ConfigRoot($"[apps]\n{key} = {value}");
        Assert.StartsWith($"rowhouse.ini:2: [apps] {key} = {value}: expected ", Assert.Single(root.ReadErrors()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_of_listeners_is_an_error()
    {
        using var root = new ConfigRoot("[server]\nlisten =");
        Assert.Contains("one or more listeners", Assert.Single(root.ReadErrors()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_never_comes_into_a_message()
    {
        using var root = new ConfigRoot("[server]\nlisten = https://*:443?cert=a.pfx&password=hush http://me:hush@host:1 https://*:x?password=hush");
        var errors = root.ReadErrors();
        Assert.Equal(4, errors.Length);
        Assert.DoesNotContain("hush", string.Join('\n', errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_refused_with_its_line()
    {
        using var root = new ConfigRoot();
        File.WriteAllBytes(root.Root.ConfigFile, [.. "[server]\n; caf"u8, 0xE9, .. "\n"u8]);
        Assert.Equal(["rowhouse.ini:2: the byte 0xE9 is not UTF-8; save the file in the encoding UTF-8"], root.ReadErrors());
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_are_no_error()
    {
        using var root = new ConfigRoot();
        File.WriteAllText(root.Root.ConfigFile, "[server]\r\nenvironment = Staging\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal("Staging", root.Read().Environment);
    }

    [Fact]
    public void A_file_full_of_garbage_gives_a_bounded_message()
    {
        using var root = new ConfigRoot(string.Concat(Enumerable.Repeat("garbage\n", 10_000)));
        var errors = root.ReadErrors();
        Assert.Equal(52, errors.Length);
        Assert.Equal("rowhouse.ini: and 9950 more", errors[^1]);
    }
}
