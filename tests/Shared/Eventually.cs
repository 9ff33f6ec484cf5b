namespace Rowhouse.Tests;

/// <summary>Waits for conditions instead of for time.</summary>
public static class Eventually
{
    // Long enough for 'dotnet build' on a machine with other work; only what fails waits for it.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    public static Task HoldsAsync(Func<bool> condition, string what) => HoldsAsync(() => Task.FromResult(condition()), what);

    /// <param name="condition">What is to come true.</param>
    /// <param name="what">The same in words.</param>
    /// <param name="patience">How long to wait for it. The default is 180 s.</param>
    public static Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? patience = null) => HoldsAsync(condition, () => what, patience);

    /// <summary>Waits, and says in the end what <paramref name="what"/> finds then.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> what, TimeSpan? patience = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var longest = patience ?? Limit;
        using var limit = new CancellationTokenSource(longest, TimeProvider.System);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"This did not come true within {longest.TotalSeconds} s: {(limit.IsCancellationRequested ? what() : "")}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellation);
        }
    }
}
