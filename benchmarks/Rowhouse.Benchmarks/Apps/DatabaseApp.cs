namespace Rowhouse.Benchmarks.Apps;

/// <summary>A project with MVC and EF Core over SQLite. Its database lies where the setting <c>Database</c> says.</summary>
internal static class DatabaseApp
{
    public const string Name = "shop";

    /// <summary>The version in Directory.Packages.props.</summary>
    private const string EntityFramework = "Microsoft.EntityFrameworkCore.Sqlite@10.0.15";

    public static AppFiles Create() => new()
    {
        ["shop.csproj"] = ProjectFile.Of(EntityFramework),
        ["appsettings.json"] = GeneratedApp.QuietSettings,
        ["Program.cs"] = Program,
        ["Models/ShopContext.cs"] = Context,
        ["Controllers/HomeController.cs"] = Controller,
        ["Views/_ViewImports.cshtml"] = "@using Shop.Models\n@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n",
        ["Views/Home/Index.cshtml"] = View,
        ["Views/Home/Edit.cshtml"] = EditView,
    };

    /// <summary>Settings that differ for each number.</summary>
    public static string Settings(string database, int number) =>
        $$"""{ "Logging": { "LogLevel": { "Default": "Warning" } }, "Database": "{{database}}", "Number": {{number}} }""";

    private const string Program = """
        using Microsoft.EntityFrameworkCore;
        using Shop.Models;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddControllersWithViews();
        builder.Services.AddDbContext<ShopContext>(options => options.UseSqlite("Data Source=" + builder.Configuration["Database"]));
        var app = builder.Build();
        using (var scope = app.Services.CreateScope())
        {
            var shop = scope.ServiceProvider.GetRequiredService<ShopContext>();
            if (shop.Database.EnsureCreated())
            {
                shop.Customers.AddRange(Enumerable.Range(1, 20).Select(number => new Customer { Name = $"Customer {number}", Orders = [new Order { Total = number }, new Order { Total = number * 2 }] }));
                shop.SaveChanges();
            }
        }

        app.UseRouting();
        app.MapGet("/number", (IConfiguration configuration) => configuration["Number"]);
        app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}");
        app.Run();
        """;

    private const string Context = """
        using System.ComponentModel.DataAnnotations;
        using Microsoft.EntityFrameworkCore;

        namespace Shop.Models;

        public sealed class Customer
        {
            public int Id { get; set; }

            [Required, StringLength(100)]
            public string Name { get; set; } = "";

            public List<Order> Orders { get; set; } = [];
        }

        public sealed class Order
        {
            public int Id { get; set; }

            public decimal Total { get; set; }

            public Customer Customer { get; set; } = null!;
        }

        public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
        {
            public DbSet<Customer> Customers => Set<Customer>();

            public DbSet<Order> Orders => Set<Order>();
        }
        """;

    private const string Controller = """
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;
        using Shop.Models;

        namespace Shop.Controllers;

        public sealed record Row(string Name, int Orders, double Total);

        public sealed class HomeController(ShopContext shop) : Controller
        {
            public async Task<IActionResult> Index(string start = "Customer")
            {
                var rows = await shop.Customers.Where(customer => customer.Name.StartsWith(start)).OrderBy(customer => customer.Name)
                    .Select(customer => new Row(customer.Name, customer.Orders.Count, customer.Orders.Sum(order => (double)order.Total))).ToListAsync();
                return View(rows);
            }

            public async Task<IActionResult> Edit(int id) => View(await shop.Customers.Include(customer => customer.Orders).FirstAsync(customer => customer.Id == id));

            [HttpPost]
            public async Task<IActionResult> Edit(int id, Customer posted)
            {
                var customer = await shop.Customers.FirstAsync(found => found.Id == id);
                if (ModelState.IsValid)
                {
                    customer.Name = posted.Name;
                    await shop.SaveChangesAsync();
                }

                return View(customer);
            }
        }
        """;

    private const string View = """
        @model List<Shop.Controllers.Row>
        @{ ViewBag.Title = "Customers"; }
        <h1>@ViewBag.Title</h1>
        <ul>@foreach (var row in Model) { <li>@row.Name: @row.Orders orders, @row.Total</li> }</ul>
        """;

    private const string EditView = """
        @model Customer
        <form asp-action="Edit" method="post" asp-antiforgery="false">
        <label asp-for="Name"></label><input asp-for="Name" /><span asp-validation-for="Name"></span>
        @foreach (var order in Model.Orders) { <p>@order.Total</p> }
        </form>
        """;
}
