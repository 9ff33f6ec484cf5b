namespace Rowhouse.Hosting.Building;

/// <summary>A finished build of an app: files that never change again, ready to be loaded.</summary>
internal sealed record AppBuild
{
    /// <summary>The hash of all that went into the build; equal ids are interchangeable.</summary>
    public required string Id { get; init; }

    /// <summary>The folder of the built files; read-only from now on.</summary>
    public required string Folder { get; init; }

    /// <summary>The assembly with the entry point, as a full path.</summary>
    public required string EntryAssembly { get; init; }

    /// <summary>What the app sees as its content root.</summary>
    public required string ContentRoot { get; init; }

    /// <summary>The folder of the served files where it is not <c>wwwroot</c> in the content root.</summary>
    public string? WebRoot { get; init; }

    /// <summary>
    /// The list of static assets that lie elsewhere during development (<c>NAME.staticwebassets.runtime.json</c> of the Razor SDK); null: none.
    /// </summary>
    public string? StaticAssetsManifest { get; init; }

    /// <summary>Whether all of it came from an earlier build.</summary>
    public bool FromCache { get; init; }

    /// <summary>What the compiler warned of.</summary>
    public IReadOnlyList<BuildDiagnostic> Warnings { get; init; } = [];
}
