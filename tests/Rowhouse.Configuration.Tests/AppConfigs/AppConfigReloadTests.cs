using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Rowhouse.Tests;

namespace Rowhouse.Configuration.Tests;

public sealed class AppConfigReloadTests
{
    [Fact]
    public async Task In_development_a_change_of_the_file_is_seen_by_everything()
    {
        using var app = new ConfigApp("[web]\nport = 1") { Environment = "Development" };
        await using var web = Build(app, out _);
        await web.StartAsync(TestContext.Current.CancellationToken);
        var config = web.Services.GetRequiredService<AppConfig>();
        var options = web.Services.GetRequiredService<IOptionsMonitor<AppConfigHostTests.WebOptions>>();
        Assert.Equal((1, 1), (config.Take<int>("web.port"), options.CurrentValue.Port));

        foreach (var port in new[] { 2, 3 })
        {
            app.Write("appconfig.ini", $"[web]\nport = {port}");

            await Eventually.HoldsAsync(() => options.CurrentValue.Port == port, "the options have the new value");
            Assert.Equal(port, config.Take<int>("web.port"));
            Assert.Equal($"{port}", web.Configuration["web:port"]);
        }

        app.Write("appconfig.Development.ini", "[web]\nport = 4");
        await Eventually.HoldsAsync(() => config.Take<int>("web.port") == 4, "a new overlay is seen");
    }

    [Fact]
    public async Task A_change_with_errors_leaves_the_last_good_values_and_logs_every_error()
    {
        using var app = new ConfigApp("[web]\nport = 1") { Environment = "Development" };
        await using var web = Build(app, out var log);
        await web.StartAsync(TestContext.Current.CancellationToken);

        app.Write("appconfig.ini", "[web]\nport = 2\nfirst\nsecond");

        await Eventually.HoldsAsync(() => log.Errors.Any(), "the errors are logged");
        var error = log.Errors.First();
        Assert.Contains(":3: 'first'", error, StringComparison.Ordinal);
        Assert.Contains(":4: 'second'", error, StringComparison.Ordinal);
        Assert.Equal(1, web.Services.GetRequiredService<AppConfig>().Take<int>("web.port"));
        Assert.Equal("1", web.Configuration["web:port"]);

        app.Write("appconfig.ini", "[web]\nport = 2");
        await Eventually.HoldsAsync(() => web.Configuration["web:port"] == "2", "the mended file is read");
    }

    [Fact]
    public async Task It_is_still_watched_after_sources_were_put_in_or_taken_out()
    {
        using var app = new ConfigApp("[web]\nport = 1") { Environment = "Development" };
        await using var web = Build(app, out _, builder => builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource()));

        app.Write("appconfig.ini", "[web]\nport = 2");

        await Eventually.HoldsAsync(() => web.Configuration["web:port"] == "2", "the change is seen");
    }

    [Fact]
    public async Task Options_that_are_wrong_after_a_change_are_logged_and_the_app_goes_on()
    {
        using var app = new ConfigApp("[web]\nport = 1") { Environment = "Development" };
        await using var web = Build(app, out var log, builder => builder.Services.AddOptions<AppConfigHostTests.WebOptions>().ValidateOnStart());
        await web.StartAsync(TestContext.Current.CancellationToken);
        var state = web.Services.GetRequiredService<AppConfig>().State;
        var (isOtherTold, port) = (false, 0);
        using var listening = web.Services.GetRequiredService<IOptionsMonitor<AppConfigHostTests.WebOptions>>().OnChange(options => port = options.Port);
        state.Changed += () => throw new InvalidOperationException("a listener of the app");
        state.Changed += () => isOtherTold = true;

        app.Write("appconfig.ini", "[web]\nport = many");
        state.Reload();

        Assert.True(isOtherTold);
        Assert.Contains(log.Errors, error => error.Contains("what is called then failed", StringComparison.Ordinal) && error.Contains("a listener of the app", StringComparison.Ordinal));
        Assert.Contains(log.Errors, error => error.Contains(nameof(OptionsValidationException), StringComparison.Ordinal) && error.Contains("many", StringComparison.Ordinal));

        app.Write("appconfig.ini", "[web]\nport = 2");
        await Eventually.HoldsAsync(() => port == 2, "the mended file is read");
    }

    [Fact]
    public void A_change_while_another_one_is_being_told_is_told_too()
    {
        using var app = new ConfigApp("[web]\nport = 1");
        var config = app.Load();
        var binding = new ServiceCollection().AddSingleton(config);
        binding.AddOptions<AppConfigHostTests.WebOptions>().BindAppConfig("web");
        using var services = binding.BuildServiceProvider();
        var source = services.GetRequiredService<IOptionsChangeTokenSource<AppConfigHostTests.WebOptions>>();
        List<int> told = [];
        using var listening = ChangeToken.OnChange(source.GetChangeToken, () =>
        {
            told.Add(config.Take<int>("web.port"));
            if (told.Count == 1)
            {
                Change(3);
            }
        });

        Change(2);
        Change(4);

        Assert.Equal([2, 3, 4], told);

        void Change(int port)
        {
            app.Write("appconfig.ini", $"[web]\nport = {port}");
            config.State.Reload();
        }
    }

    [Theory]
    [InlineData("Production", null, null, false)]
    [InlineData("Staging", null, null, false)]
    [InlineData("Development", null, null, true)]
    [InlineData("Development", "false", null, false)]
    [InlineData("Development", null, false, false)]
    [InlineData("Production", "false", true, true)]
    public void Nothing_is_watched_unless_it_is_wanted(string environment, string? server, bool? reload, bool isWatched)
    {
        using var app = new ConfigApp("a = 1") { Environment = environment };
        var options = new AppConfigOptions { Reload = reload };
        app.Configure(options);

        var host = new ConfigurationBuilder().AddInMemoryCollection([new("hostBuilder:reloadConfigOnChange", server)]).Build();

        var state = options.CreateState(app.Folder, environment, host);

        Assert.Equal(isWatched, state.IsWatched);
        using var watch = AppConfigWatch.Start(state);
        Assert.Equal(isWatched, watch is not null);
    }

    [Fact]
    public void To_take_a_value_again_allocates_nothing()
    {
        using var app = new ConfigApp("[shop]\nsize = 25\nname = Rows\nwait = 20m\nopen = yes\nstore = redis://h");
        var config = app.Load();
        var expected = TakeOften(config); // compiles, and casts

        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = TakeOften(config);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(expected, sum);
    }

    [Fact]
    public void Keys_that_are_made_up_do_not_fill_the_memory()
    {
        using var app = new ConfigApp("a = 1");
        var config = app.Load();

        for (var i = 0; i < 20_000; i++)
        {
            Assert.Equal(i, config.Get($"made.up.{i}", i));
        }

        Assert.InRange(config.State.Current.CachedCount, 1, 5000);
    }

    private static long TakeOften(AppConfig config)
    {
        var sum = 0L;
        for (var i = 0; i < 10_000; i++)
        {
            sum += TakeAll(config);
        }

        return sum;
    }

    private static long TakeAll(AppConfig config) =>
        config.Take<int>("shop.size") + config.Take<string>("shop.size").Length + config.Take<string>("shop.name").Length + config.Take<TimeSpan>("shop.wait").Minutes
        + (config.Take<bool>("shop.open") ? 1 : 0) + config.Take<ConnectionUri>("shop.store").Hosts.Count + config.Get("shop.none", 7);

    private static WebApplication Build(ConfigApp app, out RecordedLog log, Action<WebApplicationBuilder>? configure = null)
    {
        log = new RecordedLog();
        var builder = AppConfigHostTests.Builder(app).AddAppConfig(app.Configure);
        configure?.Invoke(builder);
        builder.Logging.AddProvider(log);
        builder.Services.AddOptions<AppConfigHostTests.WebOptions>().BindAppConfig("web");
        return builder.Build();
    }
}
