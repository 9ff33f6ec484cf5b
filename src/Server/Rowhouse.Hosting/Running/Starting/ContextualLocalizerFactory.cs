using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.Localization;

namespace Rowhouse.Hosting.Running.Starting;

/// <summary>Lets the framework's localizer find the app's resources by the name of its assembly.</summary>
internal sealed class ContextualLocalizerFactory : IStringLocalizerFactory
{
    private readonly IStringLocalizerFactory _inner;
    private readonly AssemblyLoadContext _context;

    public ContextualLocalizerFactory(IStringLocalizerFactory inner, Assembly app)
    {
        _inner = inner;
        _context = AssemblyLoadContext.GetLoadContext(app)!;
    }

    public IStringLocalizer Create(Type resourceSource)
    {
        using var reflection = _context.EnterContextualReflection();
        return _inner.Create(resourceSource);
    }

    public IStringLocalizer Create(string baseName, string location)
    {
        using var reflection = _context.EnterContextualReflection();
        return _inner.Create(baseName, location);
    }
}
