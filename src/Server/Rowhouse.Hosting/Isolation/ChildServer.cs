using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rowhouse.Hosting.Isolation;

/// <summary>What is different about the server in a child process.</summary>
internal static class ChildServer
{
    // For the headers in which the parent speaks to the child: what the parent has accepted the child must accept too.
    private const int MoreHeaders = 8;
    private const int MoreHeaderBytes = 16 * 1024;

    public static void Configure(IServiceCollection services, ServerConfig config)
    {
        services.AddSingleton<IHostLifetime>(provider => new ParentWatch(provider.GetRequiredService<IHostApplicationLifetime>(), config));
        services.Configure<KestrelServerOptions>(options =>
        {
            var limits = options.Limits;
            limits.MaxRequestHeaderCount += MoreHeaders;
            limits.MaxRequestHeadersTotalSize += MoreHeaderBytes;

            // The parent sees to slow clients; to the child, a slow client is a slow parent.
            limits.MinRequestBodyDataRate = null;
            limits.MinResponseDataRate = null;
        });
    }
}
