using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;

namespace Rowhouse.Configuration;

/// <summary>A model, and the values that were cast from it: casting is paid once for each key and type.</summary>
internal sealed class AppConfigSnapshot
{
    // Keys are written into programs, so there are few. One that is made up for each call must not fill the memory.
    private const int MaxCached = 4096;

    // By the key alone, and then by the type: a key of both would cost more to compare than all the rest.
    private readonly ConcurrentDictionary<string, CastValue> _cast = new(StringComparer.Ordinal);

    public AppConfigSnapshot(AppConfigModel model)
    {
        Model = model;

        // Without a timer there is nothing of it to dispose.
        var replaced = new CancellationTokenSource();
        Replaced = new CancellationChangeToken(replaced.Token);
        TellReplaced = replaced.Cancel;
    }

    public AppConfigModel Model { get; }

    /// <summary>Tells of the next reload, also those who ask after it.</summary>
    public IChangeToken Replaced { get; }

    /// <summary>How many values are kept ready.</summary>
    public int CachedCount => _cast.Count;

    /// <summary>Calls everybody who waits for the next reload. Throws an <see cref="AggregateException"/> of what they threw, after each was called.</summary>
    public Action TellReplaced { get; }

    /// <summary>The value of this key; its <c>Exists</c> is false if there is none.</summary>
    /// <exception cref="RowhouseException">RH2102: what is written there is no <typeparamref name="T"/>.</exception>
    public CastValue<T> Find<T>(string key)
    {
        _cast.TryGetValue(key, out var cast);
        for (; cast is not null; cast = cast.Next)
        {
            if (cast is CastValue<T> found)
            {
                return found;
            }
        }

        return Cast<T>(key);
    }

    private CastValue<T> Cast<T>(string key)
    {
        var isText = ValueCasts.Find(typeof(T)) is not null;
        var reader = new SectionReader(Model);
        var value = reader.Read(typeof(T), ConfigKey.Normalize(key));
        if (reader.Problems.Count > 0)
        {
            throw ConfigurationErrors.BadValue(reader.Problems);
        }

        var exists = isText ? Model.Find(key) is not null : value is not null;
        var cast = new CastValue<T>(exists, value is null ? default : (T)value);

        // What can be changed is made anew for each caller.
        if (isText && _cast.Count < MaxCached)
        {
            _cast.AddOrUpdate(key, cast, (_, others) => cast.Before(others));
        }

        return cast;
    }
}
