using Microsoft.Extensions.Configuration;

namespace Rowhouse.Configuration;

/// <summary>
/// The short form of an app's configuration: <c>private/appconfig.ini</c> with what lies over it, each value cast to what the app needs.
/// <c>builder.AddAppConfig()</c> registers it; take it by injection. The same values are in <c>IConfiguration</c>.
/// </summary>
/// <remarks>
/// A key is written <c>section.key</c>, without regard to case. Types are text, numbers (also as sizes, <c>512MB</c>), bool, enums, TimeSpan
/// (<c>20m</c>), dates, Guid, Uri, <see cref="ConnectionUri"/>, <see cref="ConnectionUris"/> and every <see cref="IParsable{TSelf}"/>; lists, sets and
/// dictionaries of these; and classes and records for whole sections. A value of the first kind is cast once, and to take it again costs
/// neither time nor memory worth naming; lists and sections are made anew, so that nobody changes somebody else's.
/// </remarks>
public sealed class AppConfig
{
    private readonly AppConfigState _state;

    internal AppConfig(AppConfigState state)
    {
        _state = state;
    }

    /// <summary>The name of the app.</summary>
    public string AppName => _state.Place.AppName;

    /// <summary>The environment whose overlay was read.</summary>
    public string Environment => _state.Place.Environment;

    internal AppConfigState State => _state;

    /// <summary>Reads the configuration of an app without a host, for a tool or a script. It is not watched.</summary>
    /// <param name="contentRoot">The app's folder, which holds the folder <c>private</c>.</param>
    /// <param name="configure">Other than the usual names. The environment is that of <c>ASPNETCORE_ENVIRONMENT</c> or <c>DOTNET_ENVIRONMENT</c>, else Production.</param>
    /// <exception cref="RowhouseException">RH2101: all errors of the files, each with its line.</exception>
    public static AppConfig Load(string contentRoot, Action<AppConfigOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(contentRoot);
        var options = new AppConfigOptions { Reload = false };
        configure?.Invoke(options);
        return new AppConfig(options.CreateState(contentRoot, ProcessEnvironment.Name(options.Variables), host: null));
    }

    /// <summary>
    /// Masks passwords in the framework's list of all values: <c>root.GetDebugView(AppConfig.Mask)</c>. Without it the list shows every secret.
    /// </summary>
    /// <param name="context">One value.</param>
    public static string Mask(ConfigurationDebugViewContext context)
    {
        var shown = (context.ConfigurationProvider as AppConfigProvider)?.FindShown(context.Path);
        return shown ?? ShownValue.Of(context.Path, context.Value ?? "");
    }

    /// <summary>The value of a key, or a section, that must be there.</summary>
    /// <param name="key">For example <c>db.uri</c>.</param>
    /// <exception cref="RowhouseException">
    /// RH2103: there is no such value; RH2102: it is no <typeparamref name="T"/> (the message says where it is written and what is allowed);
    /// RH2104: <typeparamref name="T"/> is a type that cannot be read.
    /// </exception>
    public T Take<T>(string key)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        var snapshot = _state.Current;
        var found = snapshot.Find<T>(key);
        return found.Exists ? found.Value! : throw ConfigurationErrors.MissingValue(snapshot.Model, key);
    }

    /// <summary>The value of a key, or a section; <paramref name="fallback"/> if it is not there.</summary>
    /// <param name="key">For example <c>shop.page-size</c>.</param>
    /// <param name="fallback">What holds if nothing is written.</param>
    /// <exception cref="RowhouseException">
    /// RH2102: it is there, but it is no <typeparamref name="T"/>; RH2104: <typeparamref name="T"/> is a type that cannot be read.
    /// </exception>
    public T Get<T>(string key, T fallback)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = _state.Current.Find<T>(key);
        return found.Exists ? found.Value! : fallback;
    }

    /// <summary>Whether there is a value of this key, or a section of this name.</summary>
    /// <param name="key">For example <c>db.uri</c> or <c>db</c>.</param>
    public bool Has(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _state.Current.Model.Has(key);
    }
}
