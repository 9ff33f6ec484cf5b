using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.AspNetCore.StaticAssets;

namespace Rowhouse.Sessions;

/// <summary>
/// Loads the session while a request is routed: it is the one place that is asynchronous, knows the endpoint, and comes before everything that may use the
/// session, with no line in the app.
/// </summary>
internal sealed class SessionMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    // Middleware between routing and endpoint lets it pass; SessionMiddleware answers. Not static: it remembers types of the app that it was asked for.
    private readonly Endpoint _refused = new(
        SessionResponse.MarkRefused,
        new EndpointMetadataCollection(new AllowAnonymousAttribute(), new NoSessionAttribute()),
        "The session is unavailable");

    // After all others have had their say, and razor pages and dynamic routes were put in.
    public override int Order => int.MaxValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.Any(NeedsSession);
    }

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        ArgumentNullException.ThrowIfNull(candidates);
        if (httpContext.Features.Get<RequestSession>() is not { HasCookie: true } session)
        {
            return Task.CompletedTask;
        }

        var chosen = FindChosen(candidates);
        return chosen >= 0 && NeedsSession(candidates[chosen].Endpoint) ? LoadAsync(session, candidates, chosen) : Task.CompletedTask;
    }

    private static bool NeedsSession(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ISessionMetadata>() is not NoSessionAttribute && endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null;

    // As the selector does: the first that is valid; if there are more of its score, it is an error all the same.
    private static int FindChosen(CandidateSet candidates)
    {
        for (var index = 0; index < candidates.Count; index++)
        {
            if (candidates.IsValidCandidate(index))
            {
                return index;
            }
        }

        return -1;
    }

    private async Task LoadAsync(RequestSession session, CandidateSet candidates, int chosen)
    {
        if (session.Failure is null)
        {
            var exclusive = candidates[chosen].Endpoint.Metadata.GetMetadata<ISessionMetadata>() as ExclusiveSessionAttribute;
            session.IsRefused = !await TryLoadAsync(session, exclusive);
        }

        if (session.Failure is not null)
        {
            candidates.ReplaceEndpoint(chosen, _refused, []);
        }
    }

    private static async Task<bool> TryLoadAsync(RequestSession session, ExclusiveSessionAttribute? exclusive)
    {
        if (exclusive is not null)
        {
            await session.HoldAsync(exclusive);
        }

        try
        {
            if (session.Failure is null)
            {
                await session.LoadAsync(session.Context.RequestAborted);
            }
        }
        catch (BackendUnavailableException) when (session.Failure is not null)
        {
            // No exception through the app: it would log one for each request of an outage.
        }

        return session.Failure is null;
    }
}
