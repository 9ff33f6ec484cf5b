namespace Rowhouse.Tests;

/// <summary>Waits for conditions instead of for time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task HoldsAsync(Func<bool> condition, string what) => HoldsAsync(() => Task.FromResult(condition()), what);

    /// <param name="condition">What is to come true.</param>
    /// <param name="what">The same in words.</param>
    /// <param name="patience">How long to wait for it. The default is 60 s.</param>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? patience = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var limit = new CancellationTokenSource(patience ?? Limit, TimeProvider.System);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"This did not come true within {(patience ?? Limit).TotalSeconds} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellation);
        }
    }
}
