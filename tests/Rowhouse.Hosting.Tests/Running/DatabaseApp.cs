using Rowhouse.Hosting.Tests.Building;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Running;

/// <summary>A project with MVC and EF Core over SQLite.</summary>
internal static class DatabaseApp
{
    public static void Write(TestRoot root, string name, string database)
    {
        // No feed: the tests' own restore has brought the package.
        File.WriteAllText(Path.Combine(root.Folder, "nuget.config"), "<configuration><packageSources><clear /></packageSources><auditSources><clear /></auditSources></configuration>");
        root.Write(name, $"{name}.csproj", Projects.File("Microsoft.EntityFrameworkCore.Sqlite@10.0.15"));
        root.Write(name, "Program.cs", Program.Replace("DATABASE", database, StringComparison.Ordinal));
        root.Write(name, "Views/_ViewImports.cshtml", "@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n");
        root.Write(name, "Views/Home/Index.cshtml", "@model List<Row>\n<ul>@foreach (var row in Model) { <li>@row.Name: @row.Books</li> }</ul>\n");
        root.Write(name, "Views/Home/Edit.cshtml", "@model Author\n<form asp-action=\"Edit\" asp-antiforgery=\"false\"><input asp-for=\"Name\" /></form>@foreach (var book in Model.Books) { <p>@book.Title</p> }\n");
    }

    /// <summary>Queries with projections, joins and aggregates, loads related rows and saves: what fills the caches of EF Core.</summary>
    public static async Task UseAsync(TestServer server, string app)
    {
        Assert.Contains("<li>Author 2: 2</li>", await server.GetTextAsync($"/{app}/"), StringComparison.Ordinal);
        Assert.Contains("<p>Title 2 b</p>", await server.GetTextAsync($"/{app}/Home/Edit/2"), StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([new("Name", "Author 2")]);
        using var response = await server.Client.PostAsync($"/{app}/Home/Edit/2", form, TestContext.Current.CancellationToken);
        Assert.Contains("value=\"Author 2\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private const string Program = """
        using System.ComponentModel.DataAnnotations;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddControllersWithViews();
        builder.Services.AddDbContextPool<Library>(options => options.UseSqlite("Data Source=DATABASE"));
        var app = builder.Build();
        using (var scope = app.Services.CreateScope())
        {
            var library = scope.ServiceProvider.GetRequiredService<Library>();
            if (library.Database.EnsureCreated())
            {
                library.Authors.AddRange(Enumerable.Range(1, 5).Select(number => new Author { Name = $"Author {number}", Books = [new Book { Title = $"Title {number} a" }, new Book { Title = $"Title {number} b" }] }));
                library.SaveChanges();
            }
        }

        app.MapGet("/number", (IConfiguration configuration) => configuration["Number"]);
        app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}");
        app.Run();

        public sealed class Author
        {
            public int Id { get; set; }

            [Required, StringLength(100)]
            public string Name { get; set; } = "";

            public Kind Kind { get; set; }

            public List<Book> Books { get; set; } = [];
        }

        public enum Kind { Person, Group }

        public sealed class Book
        {
            public int Id { get; set; }

            public string Title { get; set; } = "";

            public DateOnly? Printed { get; set; }

            public Author Author { get; set; } = null!;
        }

        public sealed record Row(string Name, int Books);

        public sealed class Library(DbContextOptions<Library> options) : DbContext(options)
        {
            public DbSet<Author> Authors => Set<Author>();

            public DbSet<Book> Books => Set<Book>();

            protected override void OnModelCreating(ModelBuilder builder) => builder.Entity<Author>().Property(author => author.Kind).HasConversion<string>();
        }

        public sealed class HomeController(Library library) : Controller
        {
            private static readonly Func<Library, int, Task<Author>> Find = EF.CompileAsyncQuery((Library library, int id) => library.Authors.First(author => author.Id == id));

            public async Task<IActionResult> Index(string start = "Author") => View(await library.Authors
                .Where(author => author.Name.StartsWith(start) && author.Kind == Kind.Person).OrderBy(author => author.Name)
                .Select(author => new Row(author.Name, author.Books.Count)).ToListAsync());

            public async Task<IActionResult> Edit(int id) => View(await library.Authors.Include(author => author.Books).AsSplitQuery().FirstAsync(author => author.Id == id));

            [HttpPost]
            public async Task<IActionResult> Edit(int id, [Bind("Name")] Author posted)
            {
                var author = await Find(library, id);
                if (ModelState.IsValid)
                {
                    author.Name = posted.Name;
                    await library.SaveChangesAsync();
                }

                return View(author);
            }
        }
        """;
}
