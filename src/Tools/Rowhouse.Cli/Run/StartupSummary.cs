using Rowhouse.Hosting;
using Spectre.Console;

namespace Rowhouse.Cli;

/// <summary>What <c>rowhouse run</c> prints once it listens: what is served, where, and how to end it.</summary>
internal static class StartupSummary
{
    public static void Write(Terminal terminal, ServerConfig config, IReadOnlyList<string> addresses, IReadOnlyList<AppStatus> apps)
    {
        var console = terminal.OutputConsole;
        console.Write(new Text($"rowhouse {ProductVersion.Text}", new Style(decoration: Decoration.Bold)));
        console.WriteLine($" serves {config.Root.Folder} ({config.Environment})");
        var width = Math.Max("listens on".Length, apps.Select(app => app.Name.Length).DefaultIfEmpty().Max());
        foreach (var address in addresses)
        {
            WriteRow(console, "listens on", width, address, Color.Grey);
        }

        var origin = FindOrigin(addresses);
        foreach (var app in apps)
        {
            foreach (var route in app.Routes)
            {
                WriteRow(console, app.Name, width, UrlOf(origin, route), app.State == AppState.Disabled ? Color.Grey : Color.Green);
            }
        }

        if (apps.Count == 0)
        {
            console.WriteLine("  There is no app yet. Make one: rowhouse new NAME");
        }

        console.WriteLine("  Ctrl+C stops it.");
    }

    /// <summary>Where a browser on this machine finds what <paramref name="route"/> names: <c>/shop</c>, <c>shop.example.com</c>, <c>example.com/shop</c>.</summary>
    public static string UrlOf(Uri? origin, string route)
    {
        if (origin is null)
        {
            return route;
        }

        var slash = route.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? route : route[..slash];
        var path = slash < 0 ? "/" : route[slash..].TrimEnd('/') + "/";
        var port = origin.IsDefaultPort ? "" : ":" + origin.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return $"{origin.Scheme}://{(host.Length == 0 ? origin.Host : host)}{port}{path}";
    }

    /// <summary>The first address that a browser can open; a wildcard host becomes <c>localhost</c>.</summary>
    public static Uri? FindOrigin(IEnumerable<string> addresses) => addresses
        .Where(address => address.StartsWith("http", StringComparison.OrdinalIgnoreCase) && !address.Contains("://unix:", StringComparison.OrdinalIgnoreCase))
        .Select(address => address
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal))
        .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null)
        .FirstOrDefault(uri => uri is not null);

    private static void WriteRow(IAnsiConsole console, string name, int width, string text, Color color)
    {
        console.Write("  " + name.PadRight(width) + "  ");
        console.Write(new Text(text, color));
        console.WriteLine();
    }
}
