namespace Rowhouse.Hosting;

/// <summary>What the command line says; it wins over <c>rowhouse.ini</c>. What is null is not overridden.</summary>
public sealed record ServerConfigOverrides
{
    /// <summary>Nothing is overridden.</summary>
    public static ServerConfigOverrides None { get; } = new();

    /// <summary>Where requests come in (<c>--listen</c>), instead of all listeners of the file.</summary>
    public IReadOnlyList<ListenerUri>? Listeners { get; init; }

    /// <summary>The only apps that are served (<c>--app</c>), in any letter case.</summary>
    public IReadOnlyCollection<string>? OnlyApps { get; init; }

    /// <summary>The environment's name (<c>--environment</c>).</summary>
    public string? Environment { get; init; }
}
