using System.Reflection;
using System.Runtime.Loader;
using Microsoft.AspNetCore.Razor.Hosting;
using Rowhouse.Hosting.Building.Sources;

namespace Rowhouse.Hosting.Running;

/// <summary>Views that were compiled beside a running app; unloaded when the next ones have replaced them.</summary>
internal sealed class ViewsLoadContext : AssemblyLoadContext
{
    private readonly Assembly _app;

    public ViewsLoadContext(Assembly app)
        : base(app.GetName().Name + "~views", isCollectible: true)
    {
        _app = app;
    }

    public IReadOnlyList<RazorCompiledItem> Load(CompileOutput views)
    {
        using var assembly = new MemoryStream(views.Assembly!, writable: false);
        using var symbols = new MemoryStream(views.Symbols!, writable: false);
        return new RazorCompiledItemLoader().LoadItems(LoadFromStream(assembly, symbols));
    }

    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name == _app.GetName().Name ? _app : null;
}
