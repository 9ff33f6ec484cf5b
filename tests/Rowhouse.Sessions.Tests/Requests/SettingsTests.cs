using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Rowhouse.Sessions.Tests.Requests;

public sealed class SettingsTests
{
    [Fact]
    public async Task Everything_that_is_wrong_is_said_when_the_app_starts_with_key_and_value()
    {
        var error = await Assert.ThrowsAsync<RowhouseException>(() => SessionApp.StartAsync("postgers://db/shop", SessionPages.Map, new()
        {
            ["session:idle"] = "20 minutes",
            ["session:limit"] = "much",
            ["session:outage"] = "readonyl",
            ["session:samesite"] = "lax",
            ["session:trash"] = "never",
        }));

        Assert.Equal("RH5011", error.Code);
        foreach (var part in new[] { "5 errors", "session.uri = postgers://db/shop: RH2301", "session.idle = 20 minutes: expected a time such as 20m", "session.limit = much: expected", "session.outage = readonyl: expected one of Fail, ReadOnly, Without (did you mean 'ReadOnly'?)", "session.trash = never: expected a time such as 5m or 12h, or off" })
        {
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("session:idle", "0", "session.idle")]
    [InlineData("session:limit", "10", "session.limit = 10: expected 1KB to 64MB")]
    [InlineData("session:limit", "1GB", "session.limit")]
    [InlineData("session:cookie", "a b", "session.cookie = a b")]
    [InlineData("session:cookie", "__Host-sid", "session.cookie = __Host-sid")]
    [InlineData("session:trash", "1ms", "session.trash")]
    [InlineData("session:absolute", "1ms", "session.absolute")]
    [InlineData("session:locks", "cookie:", "session.locks = cookie:")]
    [InlineData("session:locks", "memcached://127.0.0.1", "session.locks = memcached:")]
    public async Task A_value_that_can_be_read_but_not_used_is_said_too(string key, string value, string expected)
    {
        var error = await Assert.ThrowsAsync<RowhouseException>(() => SessionApp.StartAsync("memory:", SessionPages.Map, new() { [key] = value }));

        Assert.Equal("RH5011", error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_are_those_of_the_section_and_code_has_the_last_word()
    {
        await using var app = await SessionApp.StartAsync(
            "memory:",
            SessionPages.Map,
            new() { ["session:idle"] = "1h30m", ["session:absolute"] = "12h", ["session:limit"] = "64KB", ["session:trash"] = "off", ["session:outage"] = "readonly" },
            builder =>
            {
                builder.AddRowhouseSessions(options => options.MaxBytes = 2048);
                builder.AddRowhouseSessions();
            });

        var model = app.Model;
        Assert.Equal((TimeSpan.FromMinutes(90), TimeSpan.FromHours(12), 2048L, SessionOutage.ReadOnly), (model.IdleTimeout, model.AbsoluteTimeout, model.MaxBytes, model.Outage));
        Assert.Null(model.TrashInterval);
    }

    [Fact]
    public async Task Services_alone_are_enough_and_the_default_is_a_folder_in_the_data_folder()
    {
        var folder = Directory.CreateTempSubdirectory("rowhouse-sessions-");
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder.FullName });
            builder.Logging.ClearProviders();
            builder.Services.AddRowhouseSessions();
            builder.Services.AddRowhouseSessions(options => options.CookieName = "sid");
            await using var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            SessionPages.Map(app);
            await app.StartAsync(TestContext.Current.CancellationToken);
            using var browser = new Browser(new Uri(app.Urls.First()));

            await browser.GetAsync("/set?key=name&value=Ann");

            Assert.Equal("sid", Assert.Single(browser.Cookies).Key);
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder.FullName, "data", "sessions"), "*", SearchOption.AllDirectories));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_only_code_can_set_is_checked_too()
    {
        var error = await Assert.ThrowsAsync<RowhouseException>(() => SessionApp.StartAsync("memory:", SessionPages.Map, build: builder =>
        {
            builder.Services.AddSession(options => options.IdleTimeout = TimeSpan.Zero);
            builder.Services.Configure<SessionsOptions>(options => (options.AppName, options.SameSite) = ("", (Microsoft.AspNetCore.Http.SameSiteMode)7));
        }));

        foreach (var part in new[] { "3 errors", "session.idle = 00:00:00 (from AddSession)", "session.samesite = 7", "AppName = ''" })
        {
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null, 45)]
    [InlineData("20m", 20)]
    public async Task The_time_out_of_AddSession_counts_only_where_none_is_set(string? idle, int minutes)
    {
        await using var app = await SessionApp.StartAsync(
            "memory:",
            SessionPages.Map,
            new() { ["session:idle"] = idle },
            builder => builder.Services.AddSession(options => options.IdleTimeout = TimeSpan.FromMinutes(45)));

        Assert.Equal(TimeSpan.FromMinutes(minutes), app.Model.IdleTimeout);
    }

    [Fact]
    public async Task The_section_is_read_though_services_were_asked_first_and_what_code_said_there_stays()
    {
        await using var app = await SessionApp.StartAsync(
            "memory:",
            SessionPages.Map,
            new() { ["session:idle"] = "90m", ["session:limit"] = "64KB" },
            builder => builder.Services.AddRowhouseSessions(options => options.MaxBytes = 2048));

        Assert.Equal((TimeSpan.FromMinutes(90), 2048L), (app.Model.IdleTimeout, app.Model.MaxBytes));
    }
}
