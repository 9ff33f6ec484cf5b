using System.Globalization;
using static Rowhouse.Sessions.Tests.Stores.StoreContractTests;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>What only databases do.</summary>
public sealed class SqlSessionStoreTests
{
    private readonly StorePlaces _places;

    public SqlSessionStoreTests(StorePlaces places)
    {
        _places = places;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(StorePlaces.Databases), MemberType = typeof(StorePlaces))]
    public async Task A_person_sees_in_the_table_who_is_signed_in_and_until_when(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var key = NewKey();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))) with { User = "ada", ClientAddress = "192.0.2.1", HasOwnTimeout = true }, cancellationToken: Stop);

        await using var connection = await new BackendRegistry().GetDatabase(place.Uri).OpenAsync(Stop);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the name of the test's own table
        command.CommandText = $"select session_key, user_name, client_ip, own_timeout, created, modified, expires from {SessionTableName.Of(place.App)}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Stop);
        Assert.True(await reader.ReadAsync(Stop));
        Assert.Equal((key.ToString(), "ada", "192.0.2.1"), (reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        Assert.Equal(1, Convert.ToInt32(reader.GetValue(3), CultureInfo.InvariantCulture));
        var now = place.Time.GetUtcNow().UtcDateTime;
        Assert.Equal((now, now, now + Changes.Idle), (reader.GetDateTime(4), reader.GetDateTime(5), reader.GetDateTime(6)));
        Assert.False(await reader.ReadAsync(Stop));
    }

    [Fact]
    public async Task Who_cannot_write_to_SQLite_is_told_within_the_time_out_and_others_read_meanwhile()
    {
        await using var made = await _places.NewAsync("sqlite");
        await using var place = new StorePlace($"{made.Uri.ToSecretString()}?pool=1&busy-timeout=100ms&command-timeout=2s", made.App);
        var key = NewKey();
        await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
        await using var connection = await new BackendRegistry().GetDatabase(made.Uri).OpenAsync(Stop);
        await using (await connection.BeginTransactionAsync(Stop))
        {
            var writers = Enumerable.Range(0, 8).Select(_ => place.Store.CommitAsync(key, Changes.Of(place.Time, ("b", Bytes("2"))), cancellationToken: Stop)).ToList();

            // 100 tries would take far longer.
            Assert.Equal("a=1", Text(await place.Store.FindAsync(key, Stop)));
            foreach (var writer in writers)
            {
                await Assert.ThrowsAsync<BackendUnavailableException>(() => writer.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Stop));
            }

            Assert.Equal("a=1", Text(await place.Store.FindAsync(key, Stop)));
        }

        Assert.Equal(SessionOutcome.Saved, (await place.Store.CommitAsync(key, Changes.Of(place.Time, ("b", Bytes("2"))), cancellationToken: Stop)).Outcome);
    }

    [Theory]
    [MemberData(nameof(StorePlaces.Databases), MemberType = typeof(StorePlaces))]
    public async Task A_commit_by_what_was_read_just_now_meets_no_conflict_and_one_by_what_is_old_tells_of_it(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        var key = NewKey();
        Assert.Equal(0, (await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop)).Conflicts);
        var known = await place.Store.FindAsync(key, Stop);
        await place.Store.TouchAsync(key, place.Time.GetUtcNow(), place.Time.GetUtcNow() + (2 * Changes.Idle), Stop);

        // A touch is no conflict.
        Assert.Equal(new SessionCommit(SessionOutcome.Saved), await place.Store.CommitAsync(key, Changes.Of(place.Time, ("b", Bytes("2"))), known, Stop));
        Assert.Equal(new SessionCommit(SessionOutcome.Saved, 1), await place.Store.CommitAsync(key, Changes.Of(place.Time, ("c", Bytes("3"))), known, Stop));
        Assert.Equal("a=1 b=2 c=3", Text(await place.Node().FindAsync(key, Stop)));
    }
}
