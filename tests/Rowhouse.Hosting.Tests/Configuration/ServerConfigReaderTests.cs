namespace Rowhouse.Hosting.Tests;

public sealed class ServerConfigReaderTests
{
    [Fact]
    public void Without_a_file_the_defaults_hold()
    {
        using var root = new ConfigRoot();
        var config = root.Read();
        Assert.Equal("Production", config.Environment);
        Assert.Equal([ListenerUri.Parse("http://127.0.0.1:8000")], config.Listeners);
        Assert.Empty(config.Routes);
        Assert.Equal(AppSettings.Default, config.SettingsOf("shop"));
        Assert.Null(config.OnlyApps);
    }

    [Fact]
    public void Keys_have_the_certificates_of_earlier_times_behind_the_one_of_today()
    {
        using var root = new ConfigRoot("[keys]\ncert = new.pem, /etc/old.pfx\npassword-file = keys.password\n");
        var keys = root.Read().Keys;
        Assert.Equal([root.PathOf("new.pem"), "/etc/old.pfx"], keys.Certificates);
        Assert.Equal(root.PathOf("keys.password"), keys.PasswordFile);
    }

    [Fact]
    public void A_whole_file_is_read()
    {
        using var root = new ConfigRoot("""
            ; the shop's machine
            [server]
            listen = http://*:80, https://*:443?cert=a.pem&key=b.pem unix:/run/r.sock?mode=660
                systemd:
                # and one for gRPC
                http://127.0.0.1:5000?protocols=h2
            environment = "Staging"

            [routes]
            Shop.Example.com. = shop
            *.example.com = shop
            example.com/blog/ = blog
            /old/path = shop
            / = welcome
            münchen.example = shop
            [::1] = shop

            [apps]
            idle = 20m
            drain = 1m30s

            [APP:Shop]
            isolation = process
            memory = 512MB
            START = lazy
            start-timeout = 250ms
            probe = /health?deep=1
            environment = Development
            [app:blog]
            idle = never
            """);
        var config = root.Read();
        Assert.Equal("Staging", config.Environment);
        Assert.Equal(
            ["http://*:80", "https://*:443?cert=a.pem&key=b.pem", "unix:/run/r.sock?mode=660", "systemd:", "http://127.0.0.1:5000?protocols=h2"],
            config.Listeners.Select(listener => listener.ToString()));
        Assert.Equal(
            [
                new RouteSetting("shop.example.com", "", "shop"),
                new RouteSetting("*.example.com", "", "shop"),
                new RouteSetting("example.com", "/blog", "blog"),
                new RouteSetting(null, "/old/path", "shop"),
                new RouteSetting(null, "", "welcome"),
                new RouteSetting("xn--mnchen-3ya.example", "", "shop"),
                new RouteSetting("[::1]", "", "shop"),
            ],
            config.Routes);
        var defaults = new AppSettings { Idle = TimeSpan.FromMinutes(20), Drain = TimeSpan.FromSeconds(90) };
        Assert.Equal(defaults, config.SettingsOf("other"));
        Assert.Equal(defaults with { Idle = null }, config.SettingsOf("BLOG"));
        Assert.Equal(
            defaults with
            {
                Isolation = AppIsolation.Process,
                MemoryLimitBytes = 512L * 1024 * 1024,
                LazyStart = true,
                StartTimeout = TimeSpan.FromMilliseconds(250),
                Probe = "/health?deep=1",
                Environment = "Development",
            },
            config.SettingsOf("shop"));
    }

    [Fact]
    public void The_command_line_wins_over_the_file()
    {
        using var root = new ConfigRoot("[server]\nlisten = http://*:80\nenvironment = Staging", "shop", "blog");
        var config = root.Read(new ServerConfigOverrides { Listeners = [ListenerUri.Parse("unix:/x.sock")], Environment = "Development", OnlyApps = ["SHOP"] });
        Assert.Equal("unix:/x.sock", Assert.Single(config.Listeners).ToString());
        Assert.Equal("Development", config.Environment);
        Assert.Equal(["shop"], config.OnlyApps!);
    }

    [Fact]
    public void Variables_give_the_environment_where_nothing_else_does()
    {
        using var silent = new ConfigRoot();
        silent.Variables["DOTNET_ENVIRONMENT"] = "FromDotnet";
        Assert.Equal("FromDotnet", silent.Read().Environment);
        silent.Variables["ASPNETCORE_ENVIRONMENT"] = "FromAspNetCore";
        Assert.Equal("FromAspNetCore", silent.Read().Environment);

        using var file = new ConfigRoot("[server]\nenvironment = FromFile");
        file.Variables["ASPNETCORE_ENVIRONMENT"] = "FromAspNetCore";
        Assert.Equal("FromFile", file.Read().Environment);
    }

    [Theory]
    [InlineData("../etc")]
    [InlineData("")]
    public void An_environment_that_could_not_be_part_of_a_file_name_is_refused(string name)
    {
        using var root = new ConfigRoot();
        var error = Assert.Throws<RowhouseException>(() => root.Read(new ServerConfigOverrides { Environment = name }));
        Assert.Equal("RH2002", error.Code);
    }

    [Fact]
    public void A_single_app_that_does_not_exist_is_refused()
    {
        using var root = new ConfigRoot(null, "shop");
        Assert.Equal("RH1004", Assert.Throws<RowhouseException>(() => root.Read(new ServerConfigOverrides { OnlyApps = ["shpo"] })).Code);
    }

    [Fact]
    public void A_route_or_a_section_of_an_app_that_does_not_exist_yet_is_no_error()
    {
        using var root = new ConfigRoot("[routes]\nx.example.com = later\n[app:later]\nstart = lazy");
        Assert.Equal("later", Assert.Single(root.Read().Routes).App);
    }

    [Fact]
    public void A_memory_limit_for_all_does_not_concern_the_app_that_shares_the_process()
    {
        using var root = new ConfigRoot("[apps]\nisolation = process\nmemory = 1GB\n[app:small]\nisolation = shared");
        var config = root.Read();
        Assert.Equal(1L << 30, config.AppDefaults.MemoryLimitBytes);
        Assert.Null(config.SettingsOf("small").MemoryLimitBytes);
    }
}
