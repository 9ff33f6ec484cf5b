using Microsoft.AspNetCore.DataProtection.Infrastructure;

namespace Rowhouse.Backends;

/// <summary>Each app has its own purpose. The framework takes the content root for it, which need not be the same on all nodes.</summary>
internal sealed class AppDiscriminator : IApplicationDiscriminator
{
    public AppDiscriminator(string app)
    {
        Discriminator = app;
    }

    public string Discriminator { get; }
}
