namespace Rowhouse.Backends;

/// <summary>
/// Starts what outlives its caller without the caller's execution context: timers and tasks of a shared backend would else hold on to the request,
/// and with it to the instance of the app that happened to be first.
/// </summary>
internal static class Detached
{
    public static Task<T> RunAsync<T>(Func<Task<T>> work) => Create(() => Task.Run(work));

    public static Task RunAsync(Func<Task> work) => Create(() => Task.Run(work));

    public static T Create<T>(Func<T> create)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return create();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return create();
        }
    }
}
