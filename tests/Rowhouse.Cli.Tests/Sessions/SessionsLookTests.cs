using System.Text.Json;
using Rowhouse.Sessions;

namespace Rowhouse.Cli.Tests.Sessions;

/// <summary><c>list</c> and <c>show</c>.</summary>
public sealed class SessionsLookTests : IAsyncDisposable
{
    private readonly SessionsRoot _root = new();

    public ValueTask DisposeAsync() => _root.DisposeAsync();

    [Fact]
    public async Task An_app_without_sessions_has_none_to_list()
    {
        var list = await _root.RunAsync("list", "shop");

        Assert.Equal((0, ""), (list.ExitCode, list.Output));
        Assert.Contains("No such sessions of 'shop' in file:sessions", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_that_was_alive_is_the_first_of_the_list_and_the_limit_cuts_the_others_off()
    {
        var store = _root.Open();
        var old = await SessionsRoot.AddAsync(store, "bob", "192.0.2.1", TimeSpan.FromHours(3));
        var fresh = await SessionsRoot.AddAsync(store, "ann", "2001:db8::1", TimeSpan.FromMinutes(1));

        var all = await _root.RunAsync("list", "shop");
        var one = await _root.RunAsync("list", "shop", "--limit", "1");

        var lines = all.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches($"^{fresh.ToString()[..12]} +ann +2001:db8::1 .* ago +in 23h +2 ", lines[1]);
        Assert.Matches($"^{old.ToString()[..12]} +bob +192.0.2.1 .* 3h ago ", lines[2]);
        Assert.Contains("ann", one.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", one.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 sessions", one.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-value", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_address_and_age_choose_together()
    {
        var store = _root.Open();
        var wanted = await SessionsRoot.AddAsync(store, "ann", "::ffff:192.0.2.1", TimeSpan.FromHours(3));
        await SessionsRoot.AddAsync(store, "ann", "192.0.2.1");
        await SessionsRoot.AddAsync(store, "ann", "192.0.2.2", TimeSpan.FromHours(3));
        await SessionsRoot.AddAsync(store, "bob", "192.0.2.1", TimeSpan.FromHours(3));
        await SessionsRoot.AddAsync(store, age: TimeSpan.FromHours(3));

        var list = await _root.RunAsync("list", "shop", "--user", "ann", "--address", "192.0.2.1", "--older", "2h", "--json");

        var row = Assert.Single(JsonDocument.Parse(list.Output).RootElement.EnumerateArray());
        Assert.Equal(wanted.ToString(), row.GetProperty("key").GetString());
        Assert.Equal("ann", row.GetProperty("user").GetString());
        Assert.Equal(2, row.GetProperty("values").GetInt32());
    }

    [Theory]
    [InlineData("--address", "home")]
    [InlineData("--older", "yesterday")]
    [InlineData("--limit", "-1")]
    public async Task What_is_no_address_duration_or_number_is_wrong_usage(string option, string value)
    {
        var list = await _root.RunAsync("list", "shop", option, value);

        Assert.Equal(2, list.ExitCode);
        Assert.Contains(option == "--limit" ? option : value, list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_shown_by_the_beginning_of_its_key_and_its_values_only_if_asked()
    {
        var key = await SessionsRoot.AddAsync(_root.Open(), "ann", value: "milk\nand honey");

        var masked = await _root.RunAsync("show", "shop", key.ToString()[..8]);
        var open = await _root.RunAsync("show", "shop", key.ToString().ToUpperInvariant(), "--values");
        var json = await _root.RunAsync("show", "shop", key.ToString()[..10], "--values", "--json");

        Assert.Equal(0, masked.ExitCode);
        Assert.Contains(key.ToString(), masked.Output, StringComparison.Ordinal);
        Assert.Matches("cart +14 bytes +\\*\\*\\*", masked.Output);
        Assert.DoesNotContain("honey", masked.Output, StringComparison.Ordinal);
        Assert.Matches("cart +14 bytes +milk ⏎ and honey", open.Output);
        Assert.Matches("count +4 bytes +0x00000007", open.Output);
        var values = JsonDocument.Parse(json.Output).RootElement.GetProperty("values");
        Assert.Equal("milk\nand honey", values[0].GetProperty("text").GetString());
        Assert.Equal("00000007", values[1].GetProperty("hex").GetString());
    }

    [Theory]
    [InlineData("abc", "RH3013")]
    [InlineData("Zm9vYmFyYmF6", "RH3013")]
    [InlineData("0123456789abcdef", "RH3011")]
    public async Task What_is_no_key_or_the_key_of_no_session_is_an_error_with_a_code(string key, string code)
    {
        var show = await _root.RunAsync("show", "shop", key);

        Assert.Equal(1, show.ExitCode);
        Assert.Contains(code, show.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_beginning_of_several_keys_is_refused_with_their_names()
    {
        var store = _root.Open();
        var (one, other) = (Key("aaaaaaaa1"), Key("aaaaaaaa2"));
        await store.ImportAsync(Stored(one), TestContext.Current.CancellationToken);
        await store.ImportAsync(Stored(other), TestContext.Current.CancellationToken);

        var show = await _root.RunAsync("show", "shop", "aaaaaaaa");
        var longer = await _root.RunAsync("show", "shop", "aaaaaaaa2");

        Assert.Equal(1, show.ExitCode);
        Assert.Contains("RH3012", show.Error, StringComparison.Ordinal);
        Assert.Contains(one.ToString(), show.Error, StringComparison.Ordinal);
        Assert.Contains(other.ToString(), show.Error, StringComparison.Ordinal);
        Assert.Contains(other.ToString(), longer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cookie:", "visitors' cookies")]
    [InlineData("memory:", "memory of the server's process")]
    public async Task Sessions_that_nobody_else_can_see_are_an_error_that_says_so(string uri, string why)
    {
        _root.Configure($"[session]\nuri = {uri}\n");

        var list = await _root.RunAsync("list", "shop");

        Assert.Equal(1, list.ExitCode);
        Assert.Contains("RH3010", list.Error, StringComparison.Ordinal);
        Assert.Contains(why, list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overlay_of_the_environment_says_where_they_are()
    {
        _root.Configure("[session]\nuri = file:test-sessions\n", "appconfig.Staging.ini");
        await SessionsRoot.AddAsync(_root.Open("file:test-sessions"), "ann");

        Assert.DoesNotContain("ann", (await _root.RunAsync("list", "shop")).Output, StringComparison.Ordinal);
        Assert.Contains("ann", (await _root.RunAsync("list", "shop", "--environment", "Staging")).Output, StringComparison.Ordinal);
    }

    private static SessionKey Key(string digits)
    {
        Assert.True(SessionKey.TryParse(digits.PadRight(64, '0'), out var key));
        return key;
    }

    private static StoredSession Stored(SessionKey key) => new()
    {
        Key = key,
        Created = SessionsRoot.Now,
        Modified = SessionsRoot.Now,
        Expires = SessionsRoot.Now + TimeSpan.FromHours(1),
        IdleTimeout = TimeSpan.FromHours(1),
        Values = new Dictionary<string, byte[]>(),
    };
}
