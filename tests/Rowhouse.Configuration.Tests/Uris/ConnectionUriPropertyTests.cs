using CsCheck;

namespace Rowhouse.Configuration.Tests;

/// <summary>What holds for all connection URIs, tried on generated ones.</summary>
public sealed class ConnectionUriPropertyTests
{
    private const int Iterations = 20_000;

    // What a person may put into a password, a name or a path, with everything that means something in a URI.
    private static readonly Gen<string> AnyName =
        Gen.Char["abcXYZ019-._~!$&'()*+,;=:@/?#[]%{}|\\^`\"<> äßЖ中\u0301\uFFFD\u00A0\u2028"].Array[1, 12].Select(chars => new string(chars));

    private static readonly Gen<string> Label = Gen.Char["abz019_"].Array[1, 8].Select(chars => new string(chars));

    private static readonly Gen<string> HostName = Gen.OneOf(
        Label.Array[1, 3].Select(labels => string.Join('.', labels)),
        Gen.Const("127.0.0.1"),
        Gen.Const("[::1]"),
        Gen.Byte.Array[16].Select(bytes => $"[{new System.Net.IPAddress(bytes)}]"));

    private static readonly Gen<string> Host = Gen.Select(HostName, Gen.Int[1, 65535], Gen.Bool, (name, port, hasPort) => hasPort ? $"{name}:{port}" : name);

    private static readonly Gen<string> AnyUri = Gen.OneOf([.. ConnectionScheme.All.Select(Uris)]);

    // Pieces of URIs in any order come much further into the parser than characters do.
    private static readonly Gen<string> Debris = Gen.OneOf(
        Gen.String,
        OneOf(
            "postgres", "redis", "file", "sqlite", "memory", "memcached", ":", "://", "/", "//", "?", "&", "=", "@", ",", ", ", "[", "]", "[::1]", "%", "%41", "%ff", "%00",
            "pool", "timeout", "order", "random", "5s", "host", "user", "pw", "..", " ", "\n", "\0", "\uD800", "\uDC00", "😀", "#", "65536", "99999999999999999999"))
        .Array[0, 12].Select(string.Concat);

    [Fact]
    public void Printing_what_was_parsed_gives_the_same_text() => AnyUri.Sample(
        text =>
        {
            var uri = ConnectionUri.Parse(text);
            Assert.Equal(text, uri.ToSecretString());
            Assert.Equal(uri, ConnectionUri.Parse(uri.ToSecretString()));
        },
        iter: Iterations);

    [Fact]
    public void Printing_a_list_that_was_parsed_gives_the_same_text() => Gen.Select(AnyUri.Array[1, 5], OneOf("", "order=random", "order=roundrobin")).Sample(
        (uris, order) =>
        {
            uris[0] = order.Length == 0 ? uris[0] : ConnectionUri.Append(uris[0], order);
            Assert.Equal(string.Join(' ', uris), ConnectionUris.Parse(string.Join(", ", uris)).ToSecretString());
        },
        iter: Iterations / 4);

    [Fact]
    public void No_part_of_a_password_is_printed() => Gen.Select(AnyName, Host).Sample(
        (password, host) =>
        {
            var uri = ConnectionUri.Parse($"postgres://me:{UriText.Escape(password, "")}@{host}/db");
            Assert.Equal(password, uri.Password);
            var start = $"postgres://me:{UriText.Escape(password, "!$'()*;")}@";
            Assert.StartsWith(start, uri.ToSecretString(), StringComparison.Ordinal);
            Assert.Equal($"postgres://me:***@{uri.ToSecretString()[start.Length..]}", uri.ToString());
        },
        iter: Iterations / 4);

    [Fact]
    public void Any_text_gives_a_uri_or_the_error_for_people_and_nothing_else() => Debris.Sample(
        text =>
        {
            try
            {
                var uris = ConnectionUris.Parse(text);
                Assert.Equal(uris, ConnectionUris.Parse(uris.ToSecretString()));
                Assert.True(uris.Count > 1 || uris.Order != ConnectionOrder.Failover || text.Contains("order", StringComparison.Ordinal) || ConnectionUri.Parse(text.Trim()) == uris[0]);
            }
            catch (RowhouseException e)
            {
                Assert.StartsWith("RH23", e.Code, StringComparison.Ordinal);
                Assert.DoesNotContain(e.Message, char.IsControl);
            }
        },
        iter: 5 * Iterations);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static Gen<string> Uris(ConnectionScheme scheme) =>
        Gen.Select(Address(scheme), Options(scheme), (address, options) => $"{scheme.Name}:{address}{(options.Length == 0 ? "" : $"?{options}")}");

    private static Gen<string> Address(ConnectionScheme scheme)
    {
        if (!scheme.HasHosts)
        {
            return scheme.Path switch
            {
                PathKind.None => Gen.Const(""),
                _ => Gen.Select(AnyName.Where(name => !name.Contains("..", StringComparison.Ordinal)), Gen.Bool, (name, isWhole) =>
                    UriText.Escape((isWhole ? "/" : "") + name.Trim('/') + "x", "!$'()*;:=@/")),
            };
        }

        var user = scheme.HasUser
            ? Gen.OneOf(
                Gen.Const(""),
                Gen.Select(AnyName, AnyName, Gen.Bool, (name, password, hasName) => $"{(hasName ? UriText.Escape(name, "!$'()*;") : "")}:{UriText.Escape(password, "!$'()*;")}@"))
            : Gen.Const("");
        var path = scheme.Path switch
        {
            PathKind.Database => Gen.OneOf(Gen.Const(""), AnyName.Select(name => "/" + UriText.Escape(name, "!$'()*;:="))),
            PathKind.Number => Gen.OneOf(Gen.Const(""), Gen.Int[0, 15].Select(number => $"/{number}")),
            _ => Gen.Const(""),
        };
        return Gen.Select(user, Host.Array[1, scheme.MaxHosts == 1 ? 1 : 4], path, (u, hosts, p) => $"//{u}{string.Join(',', hosts)}{p}");
    }

    private static Gen<string> Options(ConnectionScheme scheme)
    {
        var options = scheme.Options.Where(option => option.Name != scheme.SocketOption).ToArray();
        return options.Length == 0
            ? Gen.Const("")
            : Gen.Select(Gen.Shuffle(options), Gen.Int[0, options.Length]).SelectMany((shuffled, count) => All(scheme, shuffled[..count]));
    }

    private static Gen<string> All(ConnectionScheme scheme, ConnectionOption[] options) => options.Aggregate(
        Gen.Const(""),
        (before, option) => Gen.Select(before, Value(scheme, option), (text, value) => $"{text}{(text.Length == 0 ? "" : "&")}{option.Name}={value}"));

    private static Gen<string> Value(ConnectionScheme scheme, ConnectionOption option) => option.Kind switch
    {
        OptionKind.Word => OneOf(option.Words),
        OptionKind.Number => Gen.Long[option.Min, option.Max].Select(number => $"{number}"),
        OptionKind.Duration => Gen.Long[option.Min, option.Max].Select(number => DurationText.Print(TimeSpan.FromMilliseconds(number))),
        OptionKind.Size => Gen.Int[1, 100].Select(number => $"{number}MB"),
        _ => AnyName.Select(name => UriText.Escape(name, scheme.HasHosts ? "!$'()*;:=/" : "!$'()*;:=@/")),
    };
}
