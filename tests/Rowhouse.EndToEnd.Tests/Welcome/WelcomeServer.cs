using System.Runtime.CompilerServices;
using Rowhouse.Tests;

namespace Rowhouse.EndToEnd.Tests.Welcome;

/// <summary>The welcome app of this checkout with its docs, on a server in development with apps in every state.</summary>
public sealed class WelcomeServer : IAsyncLifetime
{
    private RunningServer? _server;

    public TestRoot Root { get; } = new();

    public Uri Address => new(_server!.Addresses[0]);

    public HttpClient Client => _server!.Client;

    public async ValueTask InitializeAsync()
    {
        CopyTo(Root);
        Root.WriteApp("shop", "the shop");
        Root.WriteApp("archive", "the archive");
        Root.WriteApp("closed", "the closed one");
        Root.Write("closed", "DISABLED", "");
        Root.Write("broken", "Program.cs", "WebApplication.CreateBuilder(args).Build().MapGet(\"/\", () => Missing);\n");
        Root.WriteConfig("[server]\nenvironment = Development\n\n[routes]\nshop.example.test = shop\n\n[app:archive]\nstart = lazy\n");
        _server = await RunningServer.StartAsync(Root.Root);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Root.Dispose();
    }

    /// <summary>Copies the welcome app and the docs, which lie beside <c>applications/</c>.</summary>
    public static void CopyTo(TestRoot root)
    {
        Copy("applications/welcome", root.AppFolder("welcome"));
        Copy("docs", Path.Combine(root.Folder, "docs"));
    }

    private static void Copy(string folder, string target)
    {
        var source = Path.Combine(Checkout(), folder);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string Checkout([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
