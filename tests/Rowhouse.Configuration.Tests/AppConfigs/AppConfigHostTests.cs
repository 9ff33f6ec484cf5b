using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rowhouse.Tests;

namespace Rowhouse.Configuration.Tests;

public sealed class AppConfigHostTests
{
    [Fact]
    public async Task One_line_gives_a_web_app_its_configuration()
    {
        using var app = new ConfigApp("[shop]\nname = Rows\n[mail]\nhost = mail.example.com\ntimeout = 20m\nto =\n  a\n  b");
        var builder = Builder(app);

        builder.AddAppConfig(app.Configure);
        builder.AddAppConfig(app.Configure);

        builder.Services.Configure<FrameworkMail>(builder.Configuration.GetSection("mail"));
        await using var web = builder.Build();
        web.MapGet("/", (AppConfig config, IConfiguration configuration, IOptions<FrameworkMail> mail) =>
            $"{config.Take<string>("shop.name")} {configuration["shop:name"]} {mail.Value.Host} {string.Join('+', mail.Value.To)}");
        await web.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(web.Urls.First()) };

        Assert.Equal("Rows Rows mail.example.com a+b", await client.GetStringAsync("/", TestContext.Current.CancellationToken));
        Assert.Single(((IConfigurationBuilder)builder.Configuration).Sources.OfType<AppConfigSource>());
    }

    [Fact]
    public void A_wrong_configuration_never_starts()
    {
        using var app = new ConfigApp("[db]\nuri = nothing\nnonsense");

        var error = Assert.Throws<RowhouseException>(() => Builder(app).AddAppConfig(app.Configure));

        Assert.Equal("RH2101", error.Code);
        Assert.Contains("has 2 errors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_names_the_app_and_else_its_folder_does()
    {
        using var app = new ConfigApp();
        app.Variables["SHOP__A"] = "folder";
        app.Variables["OTHER_SHOP__A"] = "server";

        await using var alone = Builder(app).AddAppConfig(app.Configure).Build();
        await using var hosted = Builder(app, "--Rowhouse:App=other-shop").AddAppConfig(app.Configure).Build();

        Assert.Equal("folder", alone.Configuration["a"]);
        Assert.Equal("server", hosted.Configuration["a"]);
    }

    [Fact]
    public async Task The_older_styles_of_hosts_and_bare_configurations_have_it_too()
    {
        using var app = new ConfigApp("[shop]\nname = Rows");
        using var host = new HostBuilder().UseContentRoot(app.Folder).AddAppConfig(app.Configure).AddAppConfig(app.Configure).Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Rows", host.Services.GetRequiredService<AppConfig>().Take<string>("shop.name"));
        Assert.Equal("Rows", host.Services.GetRequiredService<IConfiguration>()["shop:name"]);
        Assert.Equal("Rows", new ConfigurationBuilder().SetBasePath(app.Folder).AddAppConfig(app.Configure).Build()["shop:name"]);
    }

    [Fact]
    public async Task Options_are_filled_with_exact_casting()
    {
        using var app = new ConfigApp("[mail]\nhost = mail.example.com\ntimeout = 20m\nmax-size = 10MB\nto = a, b\nstore = memory:");
        var builder = Builder(app).AddAppConfig(app.Configure);
        builder.Services.AddOptions<MailOptions>().BindAppConfig("mail").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<MailOptions>("other").BindAppConfig("other");
        await using var web = builder.Build();
        await web.StartAsync(TestContext.Current.CancellationToken);

        var mail = web.Services.GetRequiredService<IOptionsMonitor<MailOptions>>();

        Assert.Equal(("mail.example.com", TimeSpan.FromMinutes(20), 10 << 20, 2), (mail.CurrentValue.Host, mail.CurrentValue.Timeout, mail.CurrentValue.MaxSize, mail.CurrentValue.To.Count));
        Assert.Equal("memory:", mail.CurrentValue.Store!.ToString());
        Assert.Equal("localhost", mail.Get("other").Host);
    }

    [Fact]
    public async Task Everything_wrong_with_options_is_said_when_the_app_starts()
    {
        using var app = new ConfigApp("[mail]\nhost =\ntimeout = soon\nmax-size = big\nstor = memory:\n[web]\nport = 99999");
        var builder = Builder(app).AddAppConfig(app.Configure);
        builder.Services.AddOptions<MailOptions>().BindAppConfig("mail").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<WebOptions>().BindAppConfig("web").ValidateOnStart();
        await using var web = builder.Build();

        var error = await Assert.ThrowsAsync<AggregateException>(() => web.StartAsync(TestContext.Current.CancellationToken));

        var failures = error.InnerExceptions.Cast<OptionsValidationException>().SelectMany(one => one.Failures).Select(app.Shorten).ToList();
        Assert.Contains("appconfig.ini:3: mail.timeout = soon: expected a time such as 20m, 1h30m or 1d (units d, h, m, s, ms), or 00:20:00", failures);
        Assert.Contains(failures, failure => failure.StartsWith("appconfig.ini:4: mail.max-size = big: expected", StringComparison.Ordinal));
        Assert.Contains("appconfig.ini:5: 'mail.stor': there is no such setting (did you mean 'store'?)", failures);
        Assert.Contains(failures, failure => failure.StartsWith("appconfig.ini:7: web.port = 99999: expected", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("Host", StringComparison.Ordinal));
        Assert.Equal(5, failures.Count);
    }

    [Fact]
    public void The_frameworks_list_of_all_values_can_be_masked()
    {
        using var app = new ConfigApp("[a]\nuri = redis://:{secret:PIN}@h\npin = secret:PIN\nname = open\nlines =\n  redis://:{secret:PIN}@g\n  redis://:hush@i");
        app.Variables["PIN"] = "hush";
        var root = new ConfigurationBuilder().SetBasePath(app.Folder).AddAppConfig(app.Configure).AddInMemoryCollection([new("X:Password", "hush")]).Build();

        var view = root.GetDebugView(AppConfig.Mask);

        Assert.DoesNotContain("hush", view, StringComparison.Ordinal);
        Assert.Contains("name=open", view, StringComparison.Ordinal);
        Assert.Equal("redis://:hush@h", root["a:uri"]);
    }

    [Fact]
    public async Task Places_of_secrets_that_others_can_read_are_a_warning_in_the_log()
    {
        using var app = new ConfigApp();
        var file = app.Write("pin", "hush\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        app.Write("appconfig.ini", $"pin = secret:{file}");
        using var log = new RecordedLog();
        var builder = Builder(app).AddAppConfig(app.Configure);
        builder.Logging.AddProvider(log);
        await using var web = builder.Build();
        await web.StartAsync(TestContext.Current.CancellationToken);

        var warning = Assert.Single(log.Entries, entry => entry.Level == LogLevel.Warning && entry.Category.EndsWith("AppConfig", StringComparison.Ordinal));
        Assert.Contains($"every user of this machine can read the secret in '{file}'; run: chmod o-rwx '{file}'", warning.Message, StringComparison.Ordinal);
        Assert.Equal("hush", web.Services.GetRequiredService<AppConfig>().Take<string>("pin"));
    }

    internal static WebApplicationBuilder Builder(ConfigApp app, params string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = app.Folder, Args = arguments, EnvironmentName = app.Environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder;
    }

    internal sealed class FrameworkMail
    {
        public string Host { get; set; } = "";

        public string[] To { get; set; } = [];
    }

    internal sealed class MailOptions
    {
        [Required]
        public string Host { get; set; } = "localhost";

        public TimeSpan Timeout { get; set; }

        public int MaxSize { get; set; }

        public List<string> To { get; set; } = [];

        public ConnectionUri? Store { get; set; }
    }

    internal sealed class WebOptions
    {
        public ushort Port { get; set; }
    }
}
