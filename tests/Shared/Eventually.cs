namespace Rowhouse.Tests;

/// <summary>Waits for conditions instead of for time.</summary>
public static class Eventually
{
    // Long enough for 'dotnet build' on a machine with other work; only what fails waits for it.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    public static Task HoldsAsync(Func<bool> condition, string what) => HoldsAsync(() => Task.FromResult(condition()), what);

    public static Task HoldsAsync(Func<Task<bool>> condition, string what) => HoldsAsync(condition, () => what);

    /// <summary>Waits, and says in the end what <paramref name="what"/> finds then.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> what)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"This did not come true within {Limit.TotalSeconds} s: {(limit.IsCancellationRequested ? what() : "")}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellation);
        }
    }
}
