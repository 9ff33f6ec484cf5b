namespace Rowhouse.Tests;

/// <summary>Waits for conditions instead of for time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task HoldsAsync(Func<bool> condition, string what) => HoldsAsync(() => Task.FromResult(condition()), what);

    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"This did not come true within {Limit.TotalSeconds} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellation);
        }
    }
}
