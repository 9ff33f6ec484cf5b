namespace Rowhouse.Configuration.Tests;

public sealed class AppConfigTests
{
    [Fact]
    public void A_whole_file_is_read()
    {
        using var app = new ConfigApp("""
            # the shop
            ; and what differs between machines
            name = The "Shop"
            quoted = " a b "

            [db]
            uri = postgres://shop:pw@db/shop?pool=20

            [mail.smtp]
              host = mail.example.com
              timeout = 1m30s

            [shop]
            page-size = 25
            upload-limit = 512MB
            open = yes
            closed =
            tax = 0.19
            level = warning
            since = 2026-11-24T18:30:00Z
            home = https://shop.example.com/
            id = 6f9619ff-8b86-d011-b42d-00cf4fc964ff
            day = 2026-11-24
            old-style = 00:20:00

            [Logging.LogLevel]
            Microsoft.AspNetCore = Warning
            """);
        var config = app.Load();

        Assert.Equal("The \"Shop\"", config.Take<string>("name"));
        Assert.Equal(" a b ", config.Take<string>("quoted"));
        Assert.Equal("db", config.Take<ConnectionUri>("db.uri").Hosts[0].Name);
        Assert.Equal("mail.example.com", config.Take<string>("mail.smtp.host"));
        Assert.Equal("mail.example.com", config.Take<string>("Mail:SMTP:host"));
        Assert.Equal(TimeSpan.FromSeconds(90), config.Take<TimeSpan>("mail.smtp.timeout"));
        Assert.Equal(25, config.Take<int>("shop.page-size"));
        Assert.Equal(512L << 20, config.Take<long>("shop.upload-limit"));
        Assert.True(config.Take<bool>("shop.open"));
        Assert.False(config.Take<bool>("shop.closed"));
        Assert.Equal(0.19m, config.Take<decimal>("shop.tax"));
        Assert.Equal(Level.Warning, config.Take<Level>("shop.level"));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 18, 30, 0, TimeSpan.Zero), config.Take<DateTimeOffset>("shop.since"));
        Assert.Equal("shop.example.com", config.Take<Uri>("shop.home").Host);
        Assert.Equal(new Guid("6f9619ff-8b86-d011-b42d-00cf4fc964ff"), config.Take<Guid>("shop.id"));
        Assert.Equal(new DateOnly(2026, 11, 24), config.Take<DateOnly>("shop.day"));
        Assert.Equal(TimeSpan.FromMinutes(20), config.Take<TimeSpan>("shop.old-style"));
        Assert.Equal("Warning", config.Take<string>("Logging.LogLevel.Microsoft.AspNetCore"));
        Assert.Equal("shop", config.AppName);
        Assert.True(config.Has("mail.smtp"));
        Assert.False(config.Has("mail.imap"));
    }

    [Fact]
    public void What_is_missing_has_a_fallback_or_an_error_that_says_where_to_write_it()
    {
        using var app = new ConfigApp("[db]\npool = 5");
        var config = app.Load();

        Assert.Equal(20, config.Get("db.size", 20));
        Assert.Equal(5, config.Get("db.pool", 20));
        Assert.Null(config.Get<string?>("mail.host", null));
        var error = Assert.Throws<RowhouseException>(() => config.Take<int>("db.pol"));
        Assert.Equal("RH2103", error.Code);
        Assert.Equal(
            "The app 'shop' has no value 'db.pol' (did you mean 'db.pool'?). Write 'pol = …' under [db] into 'appconfig.ini', or set the environment variable SHOP__DB__POL.",
            app.Shorten(error.Message));
        Assert.Equal("RH2103", Assert.Throws<RowhouseException>(() => config.Take<Dictionary<string, string>>("mail")).Code);
    }

    [Fact]
    public void Overlays_and_variables_lie_over_the_file()
    {
        using var app = new ConfigApp("a = file\nb = file\nc = file\n[db]\nuri = sqlite:a.db\ncommand-timeout = 5s") { Environment = "Staging" };
        app.Write("appconfig.Staging.ini", "b = overlay\nc = overlay\nd = overlay");
        app.Write("appconfig.Production.ini", "a = another");
        app.Variables["SHOP__C"] = "variable";
        app.Variables["SHOP__DB__URI"] = "memory:";
        app.Variables["SHOP__DB__COMMAND_TIMEOUT"] = "7s";
        app.Variables["SHOP__NEW__KEY"] = "variable";
        app.Variables["SHOP____X"] = "no name";
        app.Variables["SHOPPING__A"] = "another app";
        var model = app.Read();

        Assert.Empty(model.Problems);
        Assert.Equal(
            [
                "a = file (appconfig.ini:1)", "b = overlay (appconfig.Staging.ini:1)", "c = variable (variable SHOP__C)", "db.uri = memory: (variable SHOP__DB__URI)",
                "db.command-timeout = 7s (variable SHOP__DB__COMMAND_TIMEOUT)", "d = overlay (appconfig.Staging.ini:3)", "new.key = variable (variable SHOP__NEW__KEY)",
            ],
            model.Values.Select(value => app.Shorten(value.ToString())));
    }

    [Fact]
    public void A_json_file_is_read_as_the_framework_reads_it_and_knows_its_lines()
    {
        using var app = new ConfigApp();
        app.Write("appconfig.json", """
            {
              // comments are allowed
              "db": { "uri": "sqlite:a.db", "pool": 5 },
              "open": true, "tax": 0.19, "none": null,
              "hosts": [ "a", "b",
                "c" ],
            }
            """);
        var config = app.Load();

        Assert.Equal("sqlite:a.db", config.Take<ConnectionUri>("db.uri").ToString());
        Assert.Equal(5, config.Take<int>("db.pool"));
        Assert.True(config.Take<bool>("open"));
        Assert.Equal(0.19, config.Take<double>("tax"));
        Assert.False(config.Has("none"));
        Assert.Equal(["a", "b", "c"], config.Take<string[]>("hosts"));
        Assert.Equal(6, app.Read().Find("hosts:2")!.Source.Line);
        Assert.Contains("appconfig.json:3: db.pool = 5", Assert.Throws<RowhouseException>(() => config.Take<Guid>("db.pool")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_go_on_in_indented_lines()
    {
        using var app = new ConfigApp("[mail]\n  text = Dear customer,\n      thank you.\n\n      # no part of it\n      Your shop\n  from = shop@example.com\n\n[db]\nuri =\n  postgres://a/x\n  postgres://b/x\n");
        var config = app.Load();

        Assert.Equal("Dear customer,\nthank you.\n\nYour shop", config.Take<string>("mail.text"));
        Assert.Equal("shop@example.com", config.Take<string>("mail.from"));
        Assert.Equal(["postgres://a/x", "postgres://b/x"], config.Take<ConnectionUris>("db.uri").Select(uri => uri.ToString()));
    }

    [Fact]
    public void Byte_order_marks_and_windows_line_ends_make_no_difference()
    {
        using var app = new ConfigApp("\uFEFF[shop]\r\nname = Büro\r\nlist =\r\n  a\r\n  b\r\n");
        app.Write("appconfig.Production.json", "\uFEFF{\r\n\"shop\": { \"more\": 1 }\r\n}");
        var config = app.Load();

        Assert.Equal("Büro", config.Take<string>("shop.name"));
        Assert.Equal(["a", "b"], config.Take<List<string>>("shop.list"));
        Assert.Equal(1, config.Take<int>("shop.more"));
    }

    [Fact]
    public void Lists_and_dictionaries_are_read()
    {
        using var app = new ConfigApp("[shop]\ncommas = 1, 2,3,\nlines =\n  a, b\n  c\nempty =\nuris = memcached://a,b, memory:\n[rates]\neuro = 1\npound = 1.2");
        var config = app.Load();

        Assert.Equal([1, 2, 3], config.Take<int[]>("shop.commas"));
        Assert.Equal(["a, b", "c"], config.Take<IReadOnlyList<string>>("shop.lines"));
        Assert.Equal(["a, b", "c"], config.Take<HashSet<string>>("shop.lines"));
        Assert.Empty(config.Take<string[]>("shop.empty"));
        Assert.Equal(["memcached://a,b", "memory:"], config.Take<ConnectionUri[]>("shop.uris").Select(uri => uri.ToString()));
        var rates = config.Take<Dictionary<string, decimal>>("rates");
        Assert.Equal(["euro", "pound"], rates.Keys);
        Assert.Equal(1.2m, rates["POUND"]);
    }

    [Fact]
    public void A_list_of_an_overlay_replaces_the_whole_list()
    {
        using var app = new ConfigApp();
        app.Write("appconfig.json", """{ "hosts": ["a", "b", "c"], "one": "x, y", "servers": [ { "name": "a" }, { "name": "b" } ] }""");
        app.Write("appconfig.Production.json", """{ "hosts": ["d"], "one": ["z"], "servers": [ { "name": "c" } ] }""");
        var config = app.Load();
        app.Variables["SHOP__HOSTS"] = "e, f";

        Assert.Equal(["d"], config.Take<string[]>("hosts"));
        Assert.Equal(["z"], config.Take<string[]>("one"));
        Assert.Equal(["c"], config.Take<Server[]>("servers").Select(server => server.Name));
        Assert.Equal(["e", "f"], app.Load().Take<string[]>("hosts"));
    }

    [Fact]
    public void A_section_whose_names_are_numbers_is_no_list_and_an_overlay_of_one_keeps_the_others()
    {
        using var app = new ConfigApp("[errors]\n404 = a\n500 = b\n503 = c\n[hosts]\n0 = x\n1 = y");
        app.Write("appconfig.Production.ini", "[errors]\n404 = d");
        app.Variables["SHOP__ERRORS__500"] = "e";
        app.Variables["SHOP__HOSTS__1"] = "z";
        var config = app.Load();

        Assert.Equal(["d", "e", "c"], config.Take<Dictionary<string, string>>("errors").Values);
        Assert.Equal(["x", "z"], config.Take<string[]>("hosts"));
    }

    [Fact]
    public void Sections_are_read_as_records_and_classes()
    {
        using var app = new ConfigApp("""
            [mail]
            host = mail.example.com
            connect-timeout = 5s
            to = a@example.com, b@example.com
            retry.count = 3
            [mail.limits]
            size = 10MB
            """);
        var config = app.Load();

        var record = config.Take<MailRecord>("mail");
        Assert.Equal(("mail.example.com", 25, TimeSpan.FromSeconds(5), 10 << 20), (record.Host, record.Port, record.ConnectTimeout, record.Limits.Size));
        Assert.Equal(2, record.To.Length);
        var options = config.Take<MailOptions>("mail");
        Assert.Equal(("mail.example.com", 587, (int?)null), (options.Host, options.Port, options.Retries));
        Assert.NotSame(options, config.Take<MailOptions>("mail"));
    }

    [Fact]
    public void Everything_wrong_with_a_section_is_said_at_once()
    {
        using var app = new ConfigApp("[mail]\nhots = x\nconnect-timeout = 5\nto = a\n[mail.limits]\nsize = big");
        var config = app.Load();

        var error = Assert.Throws<RowhouseException>(() => config.Take<MailRecord>("mail"));

        Assert.Equal("RH2102", error.Code);
        Assert.Equal(
            [
                "The app 'shop' has no value 'mail.host' (did you mean 'mail.hots'?). Write 'host = …' under [mail] into 'appconfig.ini', or set the environment variable SHOP__MAIL__HOST.",
                "appconfig.ini:3: mail.connect-timeout = 5: expected a time such as 20m, 1h30m or 1d (units d, h, m, s, ms), or 00:20:00",
                "appconfig.ini:6: mail.limits.size = big: expected a whole number from -2147483648 to 2147483647, or a size such as 512MB (units B, KB, MB, GB; 1 KB = 1024 bytes)",
            ],
            app.Shorten(error.Message).Split('\n'));
    }

    [Fact]
    public void A_type_that_cannot_be_read_is_a_mistake_of_the_program_with_a_code()
    {
        using var app = new ConfigApp("a = 1\n[b]\nx = 1");
        var config = app.Load();

        Assert.Equal("RH2104", Assert.Throws<RowhouseException>(() => config.Take<object>("a")).Code);
        Assert.Equal("RH2104", Assert.Throws<RowhouseException>(() => config.Take<Stream>("b")).Code);
        Assert.Equal("RH2104", Assert.Throws<RowhouseException>(() => config.Take<Func<int>>("b")).Code);
    }

    internal enum Level
    {
        Info,
        Warning,
    }

    internal sealed record Limits(int Size);

    internal sealed record MailRecord(string Host, TimeSpan ConnectTimeout, string[] To, Limits Limits, int Port = 25);

    internal sealed class MailOptions
    {
        public required string Host { get; set; }

        public int Port { get; set; } = 587;

        public int? Retries { get; set; }
    }

    internal sealed class Server
    {
        public string Name { get; set; } = "";
    }
}
