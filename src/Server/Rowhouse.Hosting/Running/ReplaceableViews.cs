using System.Collections.Concurrent;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Rowhouse.Hosting.Running;

/// <summary>
/// Stands before MVC's view compiler and gives each view a change token, so that a view can be replaced while the app, with its
/// singletons and caches, runs on.
/// </summary>
internal sealed class ReplaceableViews : IViewCompilerProvider, IViewCompiler
{
    private readonly IViewCompilerProvider _inner;
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _tokens = new(StringComparer.OrdinalIgnoreCase);
    private volatile Dictionary<string, RazorCompiledItem> _replaced = [];

    public ReplaceableViews(IViewCompilerProvider inner)
    {
        _inner = inner;
    }

    public static void Install(IServiceCollection services)
    {
        var registered = services.LastOrDefault(service => service.ServiceType == typeof(IViewCompilerProvider));
        if (registered?.ImplementationType is not { } type)
        {
            return;
        }

        services.Remove(registered);
        services.AddSingleton(provider => new ReplaceableViews((IViewCompilerProvider)ActivatorUtilities.CreateInstance(provider, type)));
        services.AddSingleton<IViewCompilerProvider>(provider => provider.GetRequiredService<ReplaceableViews>());
    }

    public IViewCompiler GetCompiler() => this;

    public async Task<CompiledViewDescriptor> CompileAsync(string relativePath)
    {
        var path = Normalize(relativePath);
        var token = new CancellationChangeToken(_tokens.GetOrAdd(path, _ => new CancellationTokenSource()).Token);
        if (_replaced.TryGetValue(path, out var item))
        {
            return new CompiledViewDescriptor(item) { RelativePath = path, ExpirationTokens = [token] };
        }

        var own = await _inner.GetCompiler().CompileAsync(path).ConfigureAwait(false);
        return new CompiledViewDescriptor { RelativePath = own.RelativePath, Item = own.Item, ExpirationTokens = [.. own.ExpirationTokens ?? [], token] };
    }

    /// <summary>From now on these views take the place of those of the app, and of earlier ones.</summary>
    public void Replace(IReadOnlyList<RazorCompiledItem> items)
    {
        var replaced = new Dictionary<string, RazorCompiledItem>(_replaced, StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            replaced[Normalize(item.Identifier)] = item;
        }

        _replaced = replaced;
        foreach (var path in items.Select(item => Normalize(item.Identifier)))
        {
            if (_tokens.TryRemove(path, out var token))
            {
                token.Cancel();
            }
        }
    }

    private static string Normalize(string path) => path.StartsWith('/') ? path : "/" + path;
}
