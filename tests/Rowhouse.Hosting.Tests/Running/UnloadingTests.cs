using System.Net.Http.Json;
using System.Reflection;
using System.Runtime.Loader;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Running;

/// <summary>A retired instance leaves nothing behind in the process.</summary>
public sealed class UnloadingTests : IDisposable
{
    private const int Reloads = 12;

    private readonly TestRoot _root = new();
    private readonly Dictionary<string, WeakReference> _instances = [];

    public static object? Holder { get; private set; }

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task After_many_reloads_of_a_source_app_with_all_that_MVC_has_two_instances_are_alive_at_most()
    {
        const string App = "unloadedshop";
        _root.Write(App, "Program.cs", UnloadedApps.Program);
        _root.Write(App, "Views/Home/Index.cshtml", UnloadedApps.View);
        _root.Write(App, "Root.razor", UnloadedApps.Root);
        _root.Write(App, "Pages/Page.cshtml", "@page\n<p>page</p>\n");
        _root.Write(App, "wwwroot/site.css", "body { }");
        await CheckReloadsAsync(App, UseAsync);
    }

    [Fact]
    public async Task After_many_reloads_of_an_app_with_MVC_and_EF_Core_two_instances_are_alive_at_most()
    {
        const string App = "unloadedbooks";
        using var workshop = new TestRoot();
        DatabaseApp.Write(workshop, App, Path.Combine(_root.Folder, "books.sqlite"));
        Hosting.Building.FolderCopy.Copy(await Dotnet.PublishAsync(workshop.AppFolder(App)), _root.AppFolder(App), _ => true);
        await CheckReloadsAsync(App, DatabaseApp.UseAsync);
    }

    [Theory]
    [InlineData("memory:")]
    [InlineData("file:sessions")]
    public async Task After_many_reloads_of_an_app_with_sessions_two_instances_are_alive_at_most_and_nobody_is_logged_out(string uri)
    {
        var app = "sessions" + uri.Split(':')[0];
        _root.Write(app, "Program.cs", SessionApp.Program);
        _root.Write(app, "private/appconfig.ini", $"[session]\nuri = {uri}\n");
        await CheckReloadsAsync(app, new SessionApp().UseAsync);
    }

    [Fact]
    public void The_walk_from_static_fields_finds_what_is_held()
    {
        var context = new AssemblyLoadContext("held", isCollectible: true);
        var type = context.LoadFromAssemblyPath(typeof(UnloadingTests).Assembly.Location).GetType(typeof(UnloadedApps).FullName!)!;
        Holder = new Dictionary<string, object> { ["key"] = new Lazy<List<Type>>([type]) };

        var found = StaticRoots.Find([typeof(UnloadingTests).Assembly], candidate => candidate == context);

        Assert.Contains(found, way => way.Contains("<Holder>k__BackingField._entries[].value._value._items[] -> ", StringComparison.Ordinal));
        Holder = null;
        Assert.Empty(StaticRoots.Find([typeof(UnloadingTests).Assembly], candidate => candidate == context));
        context.Unload();
    }

    /// <summary>Reloads again and again, uses each instance, then looks at what is left of them.</summary>
    private async Task CheckReloadsAsync(string app, Func<TestServer, string, Task> useAsync)
    {
        Number(app, 0);
        await using var server = await TestServer.StartAsync(_root, "Production");
        for (var reload = 0; reload <= Reloads; reload++)
        {
            await server.WaitForTextAsync($"/{app}/number", $"{reload}");
            await useAsync(server, app);
            Remember(app);
            Number(app, reload + 1);
        }

        await server.WaitForTextAsync($"/{app}/number", $"{Reloads + 1}");
        Assert.True(_instances.Count > Reloads, $"{_instances.Count} instances");
        await CheckUnloadedAsync(server, app);
        Assert.Empty(server.Log.Errors);
    }

    private void Number(string app, int number) => _root.Write(app, "appsettings.json", $$"""{ "Number": "{{number}}" }""");

    private static async Task UseAsync(TestServer server, string app)
    {
        Assert.Contains("<h1>shop Shop</h1>", await server.GetTextAsync($"/{app}/"), StringComparison.Ordinal);
        Assert.Contains("site.css?v=", await server.GetTextAsync($"/{app}/"), StringComparison.Ordinal);
        Assert.Contains("<p>page</p>", await server.GetTextAsync($"/{app}/Page"), StringComparison.Ordinal);
        Assert.Contains("<p>hello</p>", await server.GetTextAsync($"/{app}/component?Text=hello"), StringComparison.Ordinal);
        Assert.Equal("1 2 Sku { Text = abc }", await server.GetTextAsync($"/{app}/bound?From=1&To=2&sku=abc"));
        await PostAsync(server, $"/{app}/orders", JsonContent.Create(new { name = "one", total = 1 }), "\"total\":2");
        await PostAsync(server, $"/{app}/", new FormUrlEncodedContent([new("Name", "x"), new("Sku", "s"), new("Orders[0].Name", "n")]), "\"colour\":\"Red\"");
        await PostAsync(server, $"/{app}/", new FormUrlEncodedContent([new("Name", new string('x', 21))]), "maximum length");
        await PostAsync(server, $"/{app}/chat/negotiate?negotiateVersion=1", new StringContent(""), "connectionToken");
    }

    private static async Task PostAsync(TestServer server, string path, HttpContent content, string part)
    {
        using var response = await server.Client.PostAsync(path, content, TestContext.Current.CancellationToken);
        Assert.Contains(part, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>At most two instances are alive; and when the last one retires, no static field of a shared assembly knows it any more.</summary>
    private async Task CheckUnloadedAsync(TestServer server, string app)
    {
        await Eventually.HoldsAsync(
            () =>
            {
                Collect();
                return Task.FromResult(_instances.Values.Count(instance => instance.IsAlive) <= 2);
            },
            () => $"at most two instances are alive, but there are {string.Join(", ", _instances.Where(instance => instance.Value.IsAlive).Select(instance => instance.Key))}");

        var last = await RetireAsync(server, app);
        IReadOnlyCollection<string> held = [];
        await Eventually.HoldsAsync(
            () => Task.FromResult((held = StaticRoots.Find(SharedAssemblies(last), context => context == last)).Count == 0),
            () => "nothing shared knows the retired instance, but these do:\n" + string.Join('\n', held.Take(20)));
    }

    private async Task<AssemblyLoadContext> RetireAsync(TestServer server, string app)
    {
        var number = server.StatusOf(app).Instance;
        var last = InstancesOf(app).Single(context => context.Name == $"{app}#{number}");
        var unloading = new TaskCompletionSource();
        last.Unloading += _ => unloading.SetResult();
        _root.Write(app, AppFolder.DisabledFile, "");
        await unloading.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken);
        return last;
    }

    // What is unloaded is no longer among AssemblyLoadContext.All, whether anything holds it or not.
    private void Remember(string app)
    {
        foreach (var context in InstancesOf(app))
        {
            _instances.TryAdd(context.Name!, new WeakReference(context));
        }
    }

    private static IEnumerable<AssemblyLoadContext> InstancesOf(string app) =>
        AssemblyLoadContext.All.Where(context => context.Name?.StartsWith(app + "#", StringComparison.Ordinal) == true);

    /// <summary>The frameworks, Rowhouse, and the packages of the instance's app.</summary>
    private static IEnumerable<Assembly> SharedAssemblies(AssemblyLoadContext instance) =>
        AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && !assembly.IsCollectible
            && (FrameworkAssemblies.Contains(assembly.GetName().Name!) || AssemblyLoadContext.GetLoadContext(assembly) == ((Hosting.Running.InstanceLoadContext)instance).Packages));

    private static void Collect()
    {
#pragma warning disable RS0030 // what is alive is the question
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
#pragma warning restore RS0030
        GC.WaitForPendingFinalizers();
    }
}
