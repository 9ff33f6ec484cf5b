using System.Collections;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>One connection's features, as Kestrel has them: the same objects for each of its requests, and a place for the context.</summary>
/// <typeparam name="TContext">The application's context of a request.</typeparam>
internal sealed class ConnectionFeatures<TContext> : IFeatureCollection, IHostContextContainer<TContext>
    where TContext : notnull
{
    private readonly FeatureCollection _features = new();
    private readonly HttpRequestFeature _request = new() { Method = "GET", Scheme = "http", Protocol = "HTTP/1.1", Headers = new HeaderDictionary { ["Host"] = "127.0.0.1:8000" } };
    private readonly string _pathBase;
    private readonly string _path;

    public ConnectionFeatures(string pathBase, string path)
    {
        _pathBase = pathBase;
        _path = path;
        _features.Set<IHttpRequestFeature>(_request);
        _features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        _features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        _features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature());
    }

    public TContext? HostContext { get; set; }

    public bool IsReadOnly => false;

    public int Revision => _features.Revision;

    public object? this[Type key]
    {
        get => _features[key];
        set => _features[key] = value;
    }

    /// <summary>Makes it the next request.</summary>
    public void Reset()
    {
        _request.PathBase = _pathBase;
        _request.Path = _path;
    }

    public TFeature? Get<TFeature>() => _features.Get<TFeature>();

    public void Set<TFeature>(TFeature? instance) => _features.Set(instance);

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
