using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rowhouse.Configuration.Tests;

/// <summary>The code of the documentation, so that it compiles; <see cref="DocsTests"/> sees that the pages have it as it stands here.</summary>
internal static class DocExamples
{
    public static WebApplication Build(string[] args, Action<AppConfigOptions> configure)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddAppConfig(configure);
        AddOptions(builder);
        var app = builder.Build();

        app.MapGet("/", (AppConfig config) => $"{config.Take<string>("shop.name")}, {config.Get("shop.page-size", 20)} on a page");
        return app;
    }

    public static (TimeSpan Timeout, long Limit, string[] Admins, Dictionary<string, decimal> Rates, Mail Mail, ConnectionUri Database) TakeAll(AppConfig config)
    {
        var timeout = config.Take<TimeSpan>("mail.timeout");
        var limit = config.Take<long>("shop.upload-limit");
        var admins = config.Take<string[]>("shop.admins");
        var rates = config.Take<Dictionary<string, decimal>>("rates");
        var mail = config.Take<Mail>("mail");
        var database = config.Take<ConnectionUri>("db.uri");
        return (timeout, limit, admins, rates, mail, database);
    }

    private static void AddOptions(WebApplicationBuilder builder) =>
        builder.Services.AddOptions<MailOptions>().BindAppConfig("mail").ValidateDataAnnotations().ValidateOnStart();

    internal sealed record Mail(string Host, TimeSpan Timeout, int Port = 25);

    internal sealed class MailOptions
    {
        public string Host { get; set; } = "localhost";

        public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
    }
}
