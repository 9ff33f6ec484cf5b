using Rowhouse.Tests;

namespace Rowhouse.Sessions.Tests.Requests;

public sealed class TrashChoreTests
{
    private const int Expired = SessionTrashChore.BatchSize + 50;

    private readonly SessionPlaces _places;

    public TrashChoreTests(SessionPlaces places)
    {
        _places = places;
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("file")]
    public async Task Expired_sessions_are_removed_from_time_to_time_in_batches_and_others_stay(string kind)
    {
        await using var app = await SessionApp.StartAsync(await _places.NewAsync(kind), SessionPages.Map, new() { ["session:trash"] = "30m", ["session:idle"] = "1d" });
        await StoreAsync(app, Expired, TimeSpan.FromMinutes(1));
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        await Eventually.HoldsAsync(
            () =>
            {
                app.Time.Advance(TimeSpan.FromMinutes(30));
                return Removed(app) > 0;
            },
            "the trash is taken out");

        Assert.Equal(Expired, Removed(app));
        Assert.Equal("Ann", await browser.GetAsync("/get?key=name"));
    }

    [Fact]
    public async Task One_node_at_a_time_does_it()
    {
        await using var app = await SessionApp.StartAsync(await _places.NewAsync("file"), SessionPages.Map, new() { ["session:trash"] = "30m" });
        await StoreAsync(app, 3, TimeSpan.FromMinutes(1));
        var rounds = 0;
        await using (await app.Model.Locks.Farm!.AcquireAsync("rowhouse:sessions:trash:shop", cancellationToken: TestContext.Current.CancellationToken))
        {
            await Eventually.HoldsAsync(
                () =>
                {
                    app.Time.Advance(TimeSpan.FromMinutes(30));
                    return ++rounds == 20;
                },
                "twenty rounds are over");
            Assert.Equal(0, Removed(app));
        }

        await Eventually.HoldsAsync(
            () =>
            {
                app.Time.Advance(TimeSpan.FromMinutes(30));
                return Removed(app) == 3;
            },
            "the trash is taken out");
    }

    [Fact]
    public async Task It_keeps_no_app_from_stopping()
    {
        await using var app = await SessionApp.StartAsync("memory:", SessionPages.Map, new() { ["session:trash"] = "1s" });
        app.Time.Advance(TimeSpan.FromSeconds(1));

        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Empty(app.Log.Errors);
    }

    private static int Removed(SessionApp app) => app.Log.Entries
        .Where(entry => entry.Message.StartsWith("Removed ", StringComparison.Ordinal))
        .Sum(entry => int.Parse(entry.Message.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));

    private static async Task StoreAsync(SessionApp app, int count, TimeSpan life)
    {
        var now = app.Time.GetUtcNow();
        for (var number = 0; number < count; number++)
        {
            var change = new SessionChange { IsNew = true, Values = new Dictionary<string, byte[]?> { ["number"] = [1] }, Modified = now, Expires = now + life, IdleTimeout = life };
            await app.Model.Store!.CommitAsync(SessionKey.Of(SessionId.New()), change);
        }
    }
}
