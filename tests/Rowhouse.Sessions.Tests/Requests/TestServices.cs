using Microsoft.Extensions.DependencyInjection;

namespace Rowhouse.Sessions.Tests.Requests;

internal static class TestServices
{
    public static SessionsModel ModelOf(this IServiceProvider services) => services.GetRequiredService<SessionsModel>();
}
