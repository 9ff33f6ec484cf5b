using System.Data.Common;
using static Rowhouse.Sessions.Tests.Stores.StoreContractTests;

namespace Rowhouse.Sessions.Tests.Stores;

/// <summary>Records that somebody has spoilt.</summary>
public sealed class BrokenRecordTests
{
    private readonly StorePlaces _places;

    public BrokenRecordTests(StorePlaces places)
    {
        _places = places;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(StorePlaces.Kept), MemberType = typeof(StorePlaces))]
    public async Task A_record_that_is_cut_or_foreign_is_no_session_and_a_fresh_one_may_take_its_place(string kind)
    {
        await using var place = await _places.NewAsync(kind);
        foreach (var spoil in (Func<byte[], byte[]>[])[bytes => [], bytes => bytes[..^1], bytes => bytes[..10], bytes => [9, .. bytes[1..]], bytes => [.. bytes[..^1], (byte)(bytes[^1] + 1)], _ => new byte[100]])
        {
            var key = NewKey();
            await place.Store.CommitAsync(key, Changes.First(place.Time, ("a", Bytes("1"))), cancellationToken: Stop);
            await SpoilAsync(place, key, spoil);

            Assert.Null(await place.Store.FindAsync(key, Stop));
            Assert.False(await place.Store.RenewAsync(key, NewKey(), Stop));
            Assert.Empty(await place.Store.ListAsync(Stop).ToListAsync(Stop));
            Assert.Equal(SessionOutcome.Gone, (await place.Node().CommitAsync(key, Changes.Of(place.Time, ("b", Bytes("2"))), cancellationToken: Stop)).Outcome);
            Assert.Equal(SessionOutcome.Saved, (await place.Store.CommitAsync(key, Changes.First(place.Time, ("c", Bytes("3"))), cancellationToken: Stop)).Outcome);
            Assert.Equal("c=3", Text(await place.Store.FindAsync(key, Stop)));
            await place.Store.RemoveAsync(key, Stop);
        }

        // Once for each of the stores that met one: this node, and the six others.
        Assert.InRange(place.Log.Entries.Count(entry => entry.Message.StartsWith("RH5030", StringComparison.Ordinal)), 2, 7);
    }

    private static async Task SpoilAsync(StorePlace place, SessionKey key, Func<byte[], byte[]> spoil)
    {
        if (place.Uri.Scheme == "file")
        {
            var path = Assert.Single(Directory.GetFiles(place.Uri.Path!, key.ToString(), SearchOption.AllDirectories));
            await File.WriteAllBytesAsync(path, spoil(await File.ReadAllBytesAsync(path, Stop)), Stop);
            return;
        }

        await using var connection = await new BackendRegistry().GetDatabase(place.Uri).OpenAsync(Stop);
        var table = SessionTableName.Of(place.App);
        await using var read = Command(connection, $"select data from {table} where session_key = @key", ("@key", key.ToString()));
        var bytes = (byte[])(await read.ExecuteScalarAsync(Stop))!;
        await using var write = Command(connection, $"update {table} set data = @data where session_key = @key", ("@key", key.ToString()), ("@data", spoil(bytes)));
        Assert.Equal(1, await write.ExecuteNonQueryAsync(Stop));
    }

#pragma warning disable CA2100 // constants
    private static DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
#pragma warning restore CA2100
}
