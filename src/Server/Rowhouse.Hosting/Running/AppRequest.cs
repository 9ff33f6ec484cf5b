namespace Rowhouse.Hosting.Running;

/// <summary>
/// One request within an app. It must live until the listener disposes of it, not only until <see cref="ProcessAsync"/> is done:
/// <c>OnStarting</c> of a response without a body (session and TempData cookies) and <c>OnCompleted</c> fire in between.
/// </summary>
internal abstract class AppRequest
{
    /// <summary>Runs the app's pipeline.</summary>
    public abstract Task ProcessAsync();

    /// <summary>Ends the request.</summary>
    public abstract void Dispose(Exception? exception);
}
