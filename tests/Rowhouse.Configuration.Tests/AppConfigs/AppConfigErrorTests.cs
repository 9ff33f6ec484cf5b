using System.Text;

namespace Rowhouse.Configuration.Tests;

public sealed class AppConfigErrorTests
{
    [Fact]
    public void All_errors_of_all_files_come_at_once_each_with_its_line()
    {
        using var app = new ConfigApp("""
            [db]
            uri = postgrs://h/db
            just words
            [keys]
            url = file:keys
            [db]
            uri = sqlite:a.db
            [own]
            password = secret:nowhere
            other = {secret:nowhere}{secret:b@d}
            """);
        app.Write("appconfig.Production.json", "{\n\"db\": { \"pool\": 1,\n \"pool\": 2 }\n}");
        app.Variables["SHOP__KEYS__URI"] = "redis://h:99999";

        Assert.Equal(
            [
                "appconfig.ini:3: 'just words' is neither [section] nor key = value nor a comment, which begins with ';' or '#'",
                "appconfig.ini:7: 'db.uri': line 2 already gives this key; leave one of the two out",
                "appconfig.Production.json:3: 'db.pool': line 2 already gives this key; leave one of the two out",
                "appconfig.ini:9: own.password: RH2201: There is no secret 'nowhere' in any of: the environment variables SHOP__SECRET__NOWHERE and nowhere, '/run/secrets/nowhere', 'secrets.enc' (which does not exist). Put it into one of them, for example with 'rowhouse secrets set'.",
                "appconfig.ini:10: own.other: RH2202: 'b@d' cannot be the name of a secret: 1 to 128 letters, digits, '-', '_' and '.', or the whole path of a file, from '/' on.",
                "appconfig.ini:2: db.uri = postgrs://h/db: RH2301: The connection URI '…' is wrong at character 1: there is no scheme 'postgrs' (did you mean 'postgres'?); there are: file, sqlite, postgres, mysql, mssql, redis, rediss, memcached, memory, cookie; expected one or more connection URIs, separated by spaces or new lines",
                "appconfig.ini:5: 'keys.url': there is no such setting (did you mean 'keys.uri'?)",
                "variable SHOP__KEYS__URI: keys.uri = redis://h:99999: RH2303: The connection URI 'redis://h:99999' is wrong at character 10: the port 99999 is not a number from 1 to 65535; expected a connection URI such as postgres://USER:PASSWORD@HOST/DB or sqlite:NAME.sqlite",
            ],
            app.Problems());
        var error = Assert.Throws<RowhouseException>(app.Load);
        Assert.Equal("RH2101", error.Code);
        Assert.StartsWith("The configuration of the app 'shop' has 8 errors:\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_in_two_formats_are_an_error()
    {
        using var app = new ConfigApp("a = 1");
        app.Write("appconfig.json", "{}");

        Assert.Contains("only one of the two can hold", Assert.Single(app.Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"a\": 1,\n\"b\" }", 2, "this is not JSON")]
    [InlineData("[1]", 1, "one object")]
    [InlineData("", 1, "this is not JSON")]
    [InlineData("{\n\"a\": {\"b\": 1},\n\"A\": {\"c\": 1}}", 3, "line 2 already gives this key")]
    public void A_json_file_that_is_wrong_is_refused_with_its_line(string json, int line, string why)
    {
        using var app = new ConfigApp();
        app.Write("appconfig.json", json);

        var problem = Assert.Single(app.Problems());
        Assert.StartsWith($"appconfig.json:{line}: ", problem, StringComparison.Ordinal);
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_another_encoding_is_refused_with_its_line()
    {
        using var app = new ConfigApp();
        File.WriteAllBytes(Path.Combine(app.Private, "appconfig.ini"), [.. "[a]\nname = caf"u8, 0xE9, .. "\n"u8]);

        Assert.Equal(["appconfig.ini:2: the byte 0xE9 is not UTF-8; save the file in the encoding UTF-8"], app.Problems());
    }

    [Fact]
    public void A_file_full_of_garbage_gives_a_bounded_message()
    {
        using var app = new ConfigApp(string.Concat(Enumerable.Repeat("garbage\n", 10_000)));
        Assert.Equal(51, app.Problems().Length);

        app.Write("appconfig.ini", new string('a', 2_000_000));
        Assert.Contains("at most 1048576 are read", Assert.Single(app.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_full_of_values_is_read_in_time()
    {
        using var app = new ConfigApp(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}=1\n")));
        app.Write("appconfig.Production.ini", string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}=2\n")));

        Assert.Equal(2, app.Load().Take<int>("a99999"));
    }

    [Fact]
    public void An_environment_that_could_leave_the_folder_is_refused()
    {
        using var app = new ConfigApp { Environment = "../x" };

        Assert.StartsWith("RH2105: ", Assert.Single(app.Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(bool), "maybe", "true, yes, on or 1, or else false, no, off, 0 or nothing")]
    [InlineData(typeof(bool), "2", "true")]
    [InlineData(typeof(bool), "tru", "(did you mean 'true'?)")]
    [InlineData(typeof(int), "", "whole number")]
    [InlineData(typeof(int), "1.5", "whole number")]
    [InlineData(typeof(int), "3GB", "to 2147483647")]
    [InlineData(typeof(int), "1,000", "whole number")]
    [InlineData(typeof(byte), "256", "from 0 to 255")]
    [InlineData(typeof(uint), "-1", "from 0")]
    [InlineData(typeof(double), "1,5", "1.5")]
    [InlineData(typeof(double), "NaN", "1.5")]
    [InlineData(typeof(TimeSpan), "5", "20m")]
    [InlineData(typeof(TimeSpan), "5 minutes", "20m")]
    [InlineData(typeof(TimeSpan), "25:00", "20m")]
    [InlineData(typeof(DayOfWeek), "Moonday", "Monday")]
    [InlineData(typeof(DayOfWeek), "1", "one of Sunday, Monday")]
    [InlineData(typeof(FileAccess), "Read,7", "Read, Write, ReadWrite")]
    [InlineData(typeof(DateTimeOffset), "2026-11-24T18:30:00", "Z")]
    [InlineData(typeof(DateTimeOffset), "24.11.2026", "Z")]
    [InlineData(typeof(DateOnly), "24/11/2026", "2026-11-24")]
    [InlineData(typeof(Guid), "x", "GUID")]
    [InlineData(typeof(Uri), "/x", "https://example.com/")]
    [InlineData(typeof(Uri), "example", "https://example.com/")]
    [InlineData(typeof(char), "ab", "one character")]
    [InlineData(typeof(System.Net.IPAddress), "1.2.3.x", "IPAddress")]
    [InlineData(typeof(int), "5 ; a comment", "a comment needs a line of its own")]
    [InlineData(typeof(int[]), "1, x", "'x'; expected a whole number")]
    public void A_value_that_is_none_of_its_type_is_an_error_with_its_line_and_what_is_allowed(Type type, string value, string allowed)
    {
        using var app = new ConfigApp($"[a]\nkey = {value}");
        var reader = new SectionReader(app.Read());

        reader.Read(type, "a:key");

        var problem = app.Shorten(Assert.Single(reader.Problems));
        Assert.StartsWith($"appconfig.ini:2: a.key = {value}: ", problem, StringComparison.Ordinal);
        Assert.Contains("expected ", problem, StringComparison.Ordinal);
        Assert.Contains(allowed, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password = hush", "a.password")]
    [InlineData("smtp-password = hush", "a.smtp-password")]
    [InlineData("ApiKey = hush", "a.ApiKey")]
    [InlineData("uri = postgres://u:hush@h:x/db", "a.uri")]
    [InlineData("uri = https://u:hu/sh:hush@h/", "a.uri")]
    [InlineData("old = Server=h;Password=hush;X=1", "a.old")]
    [InlineData("pin = secret:PIN", "a.pin")]
    [InlineData("uri = redis://:{secret:PIN}@h:x", "a.uri")]
    [InlineData("uri = redis://h/{secret:PIN}", "a.uri")]
    public void No_secret_comes_into_a_message(string line, string key)
    {
        using var app = new ConfigApp($"[a]\n{line}");
        app.Variables["PIN"] = "hush";
        var config = app.Load();

        foreach (var take in new Action[] { () => config.Take<int>(key), () => config.Take<ConnectionUri>(key), () => config.Take<ConnectionUris>(key), () => config.Take<int[]>(key) })
        {
            var error = Assert.Throws<RowhouseException>(take).ToString();
            Assert.Contains(key, error, StringComparison.Ordinal);
            Assert.DoesNotContain("hush", error, StringComparison.Ordinal);
        }

        var value = app.Read().Find(key)!;
        Assert.True(value.IsSecret);
        Assert.DoesNotContain("hush", value.ToString() + value.Shown, StringComparison.Ordinal);
        Assert.Contains("hush", value.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x", "Server=h;Password=correct horse battery;Pool=5", "Server=h;Password=***;Pool=5")]
    [InlineData("x", "Server=h;Password=\"a;b\"\"c\";Pool=5", "Server=h;Password=***;Pool=5")]
    [InlineData("x", "Server=h;Pwd = 'a;b';Pool=5", "Server=h;Pwd = ***;Pool=5")]
    [InlineData("x", "Password=\"a;b", "Password=***")]
    [InlineData("x", "Password=a&b c\nServer=h", "Password=***\nServer=h")]
    [InlineData("x", "Password=;Pool=5", "Password=;Pool=5")]
    [InlineData("tokens:0", "hush", "***")]
    [InlineData("secrets.stripe", "hush", "***")]
    [InlineData("mail:Passwords:smtp:0", "hush", "***")]
    [InlineData("tokenizer.name", "bert", "bert")]
    public void The_whole_secret_is_masked_wherever_it_stands(string key, string text, string shown) =>
        Assert.Equal(shown, ShownValue.Of(key, text));

    [Fact]
    public void The_mask_takes_no_more_than_the_secret()
    {
        Assert.Equal("postgres://shop:***@h/db?pool=5", ShownValue.Of("uri", "postgres://shop:hush@h/db?pool=5"));
        Assert.Equal("Server=h;Password=***;Pool=5", ShownValue.Of("x", "Server=h;Password=hush;Pool=5"));
        Assert.Equal("https://example.com/a:b", ShownValue.Of("x", "https://example.com/a:b"));
        Assert.Equal("the token of esteem", ShownValue.Of("text", "the token of esteem"));
        Assert.Equal("secret:db", ShownValue.Of("password", "secret:db"));
        Assert.Equal("", ShownValue.Of("password", ""));
    }

    [Fact]
    public void Encodings_are_not_guessed() =>
        Assert.Equal(["appconfig.ini:1: the byte 0xFF is not UTF-8; save the file in the encoding UTF-8"], Problems(Encoding.Unicode.GetPreamble()));

    private static string[] Problems(byte[] bytes)
    {
        using var app = new ConfigApp();
        File.WriteAllBytes(Path.Combine(app.Private, "appconfig.ini"), bytes);
        return app.Problems();
    }
}
