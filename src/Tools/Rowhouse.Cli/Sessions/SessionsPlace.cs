using Rowhouse.Configuration;
using Rowhouse.Sessions;

namespace Rowhouse.Cli.Sessions;

/// <summary>What an app's configuration says of its sessions.</summary>
internal sealed class SessionsPlace
{
    /// <summary>The setting that names the backend.</summary>
    public const string UriKey = "session:uri";

    private const string IdleKey = "session:idle";

    private static readonly SessionsOptions Defaults = new();

    private readonly AppConfigModel _model;

    public SessionsPlace(AppConfigModel model, string dataFolder)
    {
        _model = model;
        DataFolder = dataFolder;
    }

    /// <summary>Where sessions are if nothing is written.</summary>
    public static ConnectionUri DefaultUri => Defaults.Uri;

    public string App => _model.Place.AppName;

    /// <summary>Where relative paths lie.</summary>
    public string DataFolder { get; }

    /// <summary>Where the app keeps its sessions.</summary>
    public ConnectionUri Uri => _model.Find(UriKey) is { } value ? ConnectionUri.Parse(value.Text) : DefaultUri;

    /// <summary>How long its sessions live without a request, unless the app gives them a time of their own.</summary>
    public TimeSpan Idle => _model.Find(IdleKey) is { } value && DurationText.TryParse(value.Text, out var idle) ? idle : Defaults.IdleTimeout;

    /// <summary>A URI of the command line, which may name secrets of the app.</summary>
    /// <exception cref="RowhouseException">RH23xx: it is no URI; RH2101: a secret is not there.</exception>
    public ConnectionUri Parse(string text, string option)
    {
        var secrets = new SecretSubstitution(new SecretLookup(_model.Place));
        var value = secrets.Apply([new LayerValue(option, text, new ValueSource(option, 0))])[0];
        return secrets.Problems.Count == 0 ? ConnectionUri.Parse(value.Text) : throw ConfigurationErrors.BadAppConfig(App, secrets.Problems);
    }
}
