namespace Rowhouse.Hosting.Tests.Running;

/// <summary>An app that uses what is known to leave traces in the process: model binding, validation, views, tag helpers, JSON, components.</summary>
internal static class UnloadedApps
{
    public const string Program = """
        using System.ComponentModel;
        using System.ComponentModel.DataAnnotations;
        using System.Linq.Expressions;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddJsonFile("extra.json", optional: true, reloadOnChange: true);
        builder.Services.AddControllersWithViews().AddViewLocalization();
        builder.Services.AddRazorPages();
        builder.Services.AddRazorComponents();
        builder.Services.AddSignalR();
        builder.Services.AddHttpClient<Supplier>();
        builder.Services.AddHostedService<Clock>();
        builder.Services.Configure<ShopOptions>(builder.Configuration.GetSection("Shop"));
        builder.Services.AddOptions<ShopOptions>().ValidateDataAnnotations();
        var app = builder.Build();
        app.UseStaticFiles();
        app.UseAntiforgery();
        app.MapGet("/number", (IConfiguration configuration) => configuration["Number"]);
        app.MapPost("/orders", (Order order) => order with { Total = order.Total + 1 });
        app.MapGet("/bound", ([AsParameters] Range range, Sku sku) => $"{range.From} {range.To} {sku}");
        app.MapHub<Chat>("/chat");
        app.MapRazorPages();
        app.MapRazorComponents<unloadedshop.Root>();
        app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}");
        app.Run();

        public sealed record Order(string Name, decimal Total);

        public readonly record struct Range(int From, int? To);

        public sealed class Supplier(HttpClient client)
        {
            public HttpClient Client => client;
        }

        public sealed class ShopOptions
        {
            [Required]
            public string Name { get; set; } = "shop";
        }

        [TypeConverter(typeof(SkuConverter))]
        public sealed record Sku(string Text)
        {
            public static bool TryParse(string text, out Sku? sku) => (sku = new Sku(text)) is not null;
        }

        public sealed class SkuConverter : TypeConverter
        {
            public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

            public override object? ConvertFrom(ITypeDescriptorContext? context, System.Globalization.CultureInfo? culture, object value) => new Sku((string)value);
        }

        public sealed class Clock : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
                while (await timer.WaitForNextTickAsync(stoppingToken))
                {
                }
            }
        }

        public sealed class Chat : Microsoft.AspNetCore.SignalR.Hub<IChat>
        {
            public Task Say(string text) => Clients.All.Said(text);
        }

        public interface IChat
        {
            Task Said(string text);
        }

        public sealed class Item
        {
            public int Id { get; set; }

            [Required, StringLength(20)]
            public string Name { get; set; } = "";

            public Sku? Sku { get; set; }

            [JsonConverter(typeof(JsonStringEnumConverter<Colour>))]
            public Colour Colour { get; set; }

            public List<Order> Orders { get; set; } = [];
        }

        public enum Colour { Red, Green }

        public sealed class HomeController(Supplier supplier, Microsoft.Extensions.Options.IOptionsMonitor<ShopOptions> options) : Controller
        {
            public IActionResult Index()
            {
                Expression<Func<Item, bool>> filter = item => item.Name.Length > 1;
                dynamic bag = new System.Dynamic.ExpandoObject();
                bag.Name = options.CurrentValue.Name;
                ViewBag.Title = filter.Compile()(new Item { Name = "abc" }) ? bag.Name : supplier.Client;
                TempData["last"] = JsonSerializer.Serialize(new Item { Name = "x" });
                return View(new Item { Name = TypeDescriptor.GetProperties(typeof(Item)).Count.ToString() });
            }

            [HttpPost]
            public IActionResult Index(Item item) => ModelState.IsValid ? Json(item) : ValidationProblem();
        }
        """;

    public const string View = """
        @model Item
        @addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers
        @inject Microsoft.AspNetCore.Mvc.Localization.IViewLocalizer Localizer
        <h1>@ViewBag.Title @Localizer["Shop"]</h1>
        <link rel="stylesheet" href="~/site.css" asp-append-version="true" />
        <form asp-action="Index"><label asp-for="Name"></label><input asp-for="Name" /><span asp-validation-for="Name"></span>
        <select asp-for="Colour" asp-items="Html.GetEnumSelectList<Colour>()"></select></form>
        """;

    public const string Root = """
        @page "/component"
        @using Microsoft.AspNetCore.Components.Forms
        <p>@Text</p>
        <EditForm Model="item" FormName="item"><DataAnnotationsValidator /><InputText @bind-Value="item.Name" /></EditForm>
        @code {
            private readonly Item item = new();

            [Microsoft.AspNetCore.Components.SupplyParameterFromQuery]
            public string? Text { get; set; }
        }
        """;
}
