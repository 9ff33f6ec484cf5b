using Microsoft.Extensions.Configuration;

namespace Rowhouse.Configuration;

/// <summary>An app's configuration as a source of the framework's.</summary>
internal sealed class AppConfigSource : IConfigurationSource
{
    public AppConfigSource(AppConfigState state)
    {
        State = state;
    }

    public AppConfigState State { get; }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new AppConfigProvider(State);
}
