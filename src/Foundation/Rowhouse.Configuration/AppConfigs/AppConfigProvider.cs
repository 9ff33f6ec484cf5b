using Microsoft.Extensions.Configuration;

namespace Rowhouse.Configuration;

/// <summary>Gives the framework the values of an app's configuration.</summary>
internal sealed class AppConfigProvider : ConfigurationProvider, IDisposable
{
    private readonly AppConfigState _state;
    private AppConfigWatch? _watch;

    public AppConfigProvider(AppConfigState state)
    {
        _state = state;
    }

    public override void Load()
    {
        _state.Changed -= LoadChanged;
        _state.Changed += LoadChanged;
        Data = Flatten(_state.Current.Model);
        _watch ??= AppConfigWatch.Start(_state);
    }

    /// <summary>The value of this path as it may be shown; null if it is not ours.</summary>
    public string? FindShown(string path)
    {
        // A line of a list is no value of its own; it is shown as that is.
        var model = _state.Current.Model;
        return (model.Find(path) ?? (path.LastIndexOf(':') is var colon and > 0 ? model.Find(path[..colon]) : null)) switch
        {
            { IsSecret: true } secret => secret.Shown,
            _ => null,
        };
    }

    public override string ToString() => $"AppConfig ({_state.Place.FileOf(null, "ini")})";

    public void Dispose()
    {
        _state.Changed -= LoadChanged;
        _watch?.Dispose();
    }

    // Whoever binds a list needs its elements; a value of several lines is shown both ways.
    private static Dictionary<string, string?> Flatten(AppConfigModel model)
    {
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in model.Values)
        {
            data[value.Key] = value.Text;
            var lines = value.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < lines.Length && lines.Length > 1; i++)
            {
                data[ConfigurationPath.Combine(value.Key, i.ToString(System.Globalization.CultureInfo.InvariantCulture))] = lines[i];
            }
        }

        return data;
    }

    private void LoadChanged()
    {
        Data = Flatten(_state.Current.Model);
        OnReload();
    }
}
