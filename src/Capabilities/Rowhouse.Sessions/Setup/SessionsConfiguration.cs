using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Rowhouse.Sessions;

/// <summary>Gives options what <c>[session]</c> of the app's configuration says. It comes before what code says.</summary>
internal sealed class SessionsConfiguration : IConfigureOptions<SessionsOptions>
{
    private readonly IConfiguration _configuration;

    public SessionsConfiguration(IConfiguration configuration)
    {
        _configuration = configuration;
    }

    public void Configure(SessionsOptions options) => SessionsSection.Read(_configuration, options);
}
