using Rowhouse.Hosting.Building.Packed;
using Rowhouse.Hosting.Building.Projects;
using Rowhouse.Hosting.Building.Sources;

namespace Rowhouse.Hosting.Building;

/// <summary>The builder of each kind of app.</summary>
internal static class AppBuilders
{
    public static IAppBuilder For(ServerRoot root, AppFolder app, bool development) => app.Kind switch
    {
        AppKind.Source => new SourceBuilder(root, app, development),
        AppKind.Project => new ProjectBuilder(root, app, development),
        _ => new PackedBuilder(root, app),
    };
}
