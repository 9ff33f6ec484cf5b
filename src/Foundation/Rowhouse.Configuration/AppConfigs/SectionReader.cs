using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Rowhouse.Configuration;

/// <summary>Makes values of any type out of a configuration; whatever is wrong goes to a list, so that all of it can be said at once.</summary>
internal sealed class SectionReader
{
    private readonly AppConfigModel _model;

    public SectionReader(AppConfigModel model)
    {
        _model = model;
    }

    /// <summary>What was found to be wrong, one line each.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>The value of <paramref name="key"/>, or what stands below it, as a <paramref name="type"/>; null if there is a problem, or nothing.</summary>
    public object? Read(Type type, string key)
    {
        if (ValueCasts.Find(type) is { } cast)
        {
            return ReadText(cast, key);
        }

        if (ListShape.Find(type) is { } list)
        {
            return ReadList(list, key);
        }

        if (DictionaryShape.Find(type) is { } dictionary)
        {
            return ReadDictionary(dictionary, key);
        }

        if (type.IsPrimitive || type.IsInterface || type.IsAbstract || type == typeof(object) || typeof(IEnumerable).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type))
        {
            throw ConfigurationErrors.UnreadableType(key, type);
        }

        return Create(type, key);
    }

    /// <summary>Sets the properties of <paramref name="instance"/> for which there are values.</summary>
    public void Fill(object instance, string key)
    {
        var properties = SettableProperties(instance.GetType()).ToList();
        foreach (var property in properties)
        {
            Set(instance, property, key);
        }

        FindSlips(key, [.. properties.Select(NameOf)]);
    }

    private static string NameOf(PropertyInfo property) => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;

    private static IEnumerable<PropertyInfo> SettableProperties(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0);

    // `ConnectTimeout` is written connecttimeout, connect-timeout or connect_timeout.
    private static bool IsSameName(string name, string child) => Letters(name).Equals(Letters(child), StringComparison.OrdinalIgnoreCase);

    private static string Letters(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    private object? ReadText(ValueCast cast, string key)
    {
        if (_model.Find(key) is not { } value)
        {
            return null;
        }

        if (cast.TryCastBoxed(value.Text, out var result) is { } why)
        {
            Problems.Add(cast.Describe(value, why));
        }

        return result;
    }

    private object? ReadList(ListShape shape, string key)
    {
        if (_model.Find(key) is { } value && value.Text.Length > 0)
        {
            return ValueCasts.Find(shape.Element) is { } cast ? shape.Create(ReadElements(cast, value)) : throw ConfigurationErrors.UnreadableType(key, shape.Element);
        }

        return _model.Has(key) ? shape.Create(_model.ChildrenOf(key).Select(child => Read(shape.Element, $"{key}:{child}"))) : null;
    }

    private List<object?> ReadElements(ValueCast cast, AppConfigValue value)
    {
        var elements = new List<object?>();
        foreach (var text in ListText.Split(value.Text, cast))
        {
            var why = cast.TryCastBoxed(text, out var element);
            if (why is not null)
            {
                Problems.Add(cast.Describe(value, value.IsSecret ? why : $"'{ShownText.Clean(text)}'{(why.Length == 0 ? "" : $": {why}")}"));
            }

            elements.Add(element);
        }

        return elements;
    }

    private IDictionary? ReadDictionary(DictionaryShape shape, string key)
    {
        if (!_model.Has(key))
        {
            return null;
        }

        var result = shape.Create();
        foreach (var child in _model.ChildrenOf(key))
        {
            if (Read(shape.Value, $"{key}:{child}") is { } value)
            {
                result[child] = value;
            }
        }

        return result;
    }

    private object? Create(Type type, string key)
    {
        if (!_model.Has(key))
        {
            return null;
        }

        var constructors = type.GetConstructors();
        var constructor = type.GetConstructor(Type.EmptyTypes) ?? (constructors.Length == 1 ? constructors[0] : null);
        if (constructor is null && !type.IsValueType)
        {
            throw ConfigurationErrors.UnreadableType(key, type);
        }

        var parameters = constructor?.GetParameters() ?? [];
        var found = Problems.Count;
        var arguments = parameters.Select(parameter => ReadParameter(parameter, key)).ToArray();
        FindMissing(type, parameters, key);
        if (Problems.Count > found)
        {
            return null;
        }

        var instance = constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke(arguments);
        var properties = SettableProperties(type).ToList();
        foreach (var property in properties.Where(property => !Array.Exists(parameters, parameter => IsSameName(parameter.Name!, property.Name))))
        {
            Set(instance, property, key);
        }

        FindSlips(key, [.. properties.Select(NameOf), .. parameters.Select(parameter => parameter.Name!)]);
        return instance;
    }

    private object? ReadParameter(ParameterInfo parameter, string key)
    {
        if (FindChild(key, parameter.Name!) is { } child)
        {
            return Read(parameter.ParameterType, child);
        }

        if (!parameter.HasDefaultValue)
        {
            Problems.Add(DescribeMissing(key, parameter.Name!));
            return null;
        }

        return parameter.DefaultValue ?? (parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null);
    }

    private void FindMissing(Type type, ParameterInfo[] parameters, string key)
    {
        foreach (var property in SettableProperties(type).Where(property => property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute))))
        {
            if (FindChild(key, NameOf(property)) is null && !Array.Exists(parameters, parameter => IsSameName(parameter.Name!, property.Name)))
            {
                Problems.Add(DescribeMissing(key, NameOf(property)));
            }
        }
    }

    private string DescribeMissing(string key, string name)
    {
        var missing = $"{key}:{string.Concat(name[..1].ToLowerInvariant(), name.AsSpan(1))}";
        return ConfigurationErrors.DescribeMissing(_model, missing);
    }

    private void Set(object instance, PropertyInfo property, string key)
    {
        if (FindChild(key, NameOf(property)) is not { } child)
        {
            return;
        }

        var found = Problems.Count;
        var value = Read(property.PropertyType, child);
        if (Problems.Count == found && (value is not null || Nullable.GetUnderlyingType(property.PropertyType) is not null))
        {
            property.SetValue(instance, value);
        }
    }

    private string? FindChild(string key, string name) =>
        _model.ChildrenOf(key).FirstOrDefault(child => IsSameName(name, child)) is { } child ? $"{key}:{child}" : null;

    // A key that nothing takes may belong to somebody else who reads the section, but not if it nearly is one of ours.
    private void FindSlips(string key, IReadOnlyCollection<string> names)
    {
        var children = _model.ChildrenOf(key).ToList();
        var unset = names.Where(name => !children.Exists(child => IsSameName(name, child))).Select(name => name.ToLowerInvariant()).ToList();
        foreach (var child in children.Where(child => !names.Any(name => IsSameName(name, child))))
        {
            if (Spelling.FindNearest(child, unset) is { } meant)
            {
                var source = _model.Find($"{key}:{child}")?.Source.ToString() ?? _model.Place.Folder;
                Problems.Add($"{source}: '{ShownText.Clean(ConfigKey.Print($"{key}:{child}"))}': there is no such setting (did you mean '{meant}'?)");
            }
        }
    }
}
