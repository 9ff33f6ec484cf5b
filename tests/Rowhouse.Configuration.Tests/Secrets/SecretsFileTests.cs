using CsCheck;

namespace Rowhouse.Configuration.Tests;

public sealed class SecretsFileTests
{
    [Fact]
    public void What_was_set_is_read_again_and_nothing_of_it_stands_in_the_file()
    {
        using var app = new ConfigApp();
        var keys = app.MakeKey();
        Save(app, keys, ("PIN", "hush-hush"), ("API.key-2", "ü\nline"), ("GONE", "x"));
        var file = Open(app, keys);

        Assert.Equal(["API.key-2", "GONE", "PIN"], file.Names);
        Assert.Equal("ü\nline", file.Find("API.key-2"));
        Assert.True(file.Remove("GONE"));
        Assert.False(file.Remove("GONE"));
        file.Save();
        Assert.Equal(["API.key-2", "PIN"], SecretsFile.ReadNames(app.Place.SecretsFile));
        Assert.Null(Open(app, keys).Find("GONE"));
        Assert.DoesNotContain("hush", File.ReadAllText(app.Place.SecretsFile), StringComparison.Ordinal);
        Assert.Equal(["secrets.enc"], Directory.GetFiles(app.Private).Select(Path.GetFileName));
    }

    [Fact]
    public void A_secret_that_is_set_again_looks_different_and_the_others_stay_as_they_are()
    {
        using var app = new ConfigApp();
        var keys = app.MakeKey();
        Save(app, keys, ("A", "same"), ("B", "same"));
        var before = File.ReadAllLines(app.Place.SecretsFile);

        Save(app, keys, ("A", "same"));

        var after = File.ReadAllLines(app.Place.SecretsFile);
        Assert.NotEqual(before[1], after[1]);
        Assert.Equal(before[2], after[2]);
        Assert.NotEqual(before[1][4..], before[2][4..]);
    }

    [Fact]
    public void Secrets_go_over_to_a_new_key()
    {
        using var app = new ConfigApp();
        var old = app.MakeKey();
        Save(app, old, ("PIN", "hush"));

        var both = SecretsKeyFile.Read(old.Path).AddKey();
        Assert.Equal("hush", Open(app, SecretsKeyFile.Read(old.Path)).Find("PIN"));
        Open(app, both).WithKey(both.Current).Save();
        var current = SecretsKeyFile.Read(old.Path).RemoveOldKeys();

        Assert.Single(SecretsKeyFile.Read(old.Path).Keys);
        Assert.NotEqual(old.Current.Id, current.Current.Id);
        Assert.Equal("hush", Open(app, current).Find("PIN"));
        Assert.Equal("RH2206", Assert.Throws<RowhouseException>(() => Open(app, old)).Code);
    }

    [Theory]
    [InlineData("A = {B}", "was changed or moved")]
    [InlineData("A = {A-}", "was changed or moved")]
    [InlineData("A = xx", "line 2, cannot be used: what stands behind 'A'")]
    [InlineData("A = !!", "line 2, cannot be used: what stands behind 'A'")]
    [InlineData("A", "line 2, cannot be used: this line is not NAME = TEXT")]
    [InlineData("A = {A}\nA = {A}", "line 3, cannot be used: the secret 'A' stands there twice")]
    public void A_line_that_was_changed_or_moved_is_refused(string lines, string why)
    {
        using var app = new ConfigApp();
        var keys = app.MakeKey();
        Save(app, keys, ("A", "hush"), ("B", "hush"));
        var written = File.ReadAllLines(app.Place.SecretsFile);
        var (a, b) = (written[1]["A = ".Length..], written[2]["B = ".Length..]);
        var changed = (a[0] == 'A' ? 'B' : 'A') + a[1..];
        app.Write("secrets.enc", $"{written[0]}\n{lines.Replace("{A}", a, StringComparison.Ordinal).Replace("{B}", b, StringComparison.Ordinal).Replace("{A-}", changed, StringComparison.Ordinal)}\n");

        var error = Assert.Throws<RowhouseException>(() => Open(app, keys).Find("A"));

        Assert.Equal("RH2206", error.Code);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A = b")]
    [InlineData("rowhouse-secrets 2 app=shop key=00")]
    [InlineData("rowhouse-secrets 1 app=blog key=00")]
    [InlineData("rowhouse-secrets 1 app=shop key=00")]
    public void A_file_of_another_app_key_or_format_is_refused(string header)
    {
        using var app = new ConfigApp();
        var keys = app.MakeKey();
        app.Write("secrets.enc", header);

        Assert.Equal("RH2206", Assert.Throws<RowhouseException>(() => Open(app, keys)).Code);
    }

    [Fact]
    public void Any_damage_gives_the_error_for_people_and_never_another_secret()
    {
        using var app = new ConfigApp();
        var keys = app.MakeKey();
        Save(app, keys, ("A", "hush"));
        var good = File.ReadAllBytes(app.Place.SecretsFile);

        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Sample(
            (place, value, length) =>
            {
                var bad = good.ToArray()[..length];
                if (place < length)
                {
                    bad[place] = value;
                }

                File.WriteAllBytes(app.Place.SecretsFile, bad);
                try
                {
                    Assert.True(Open(app, keys).Find("A") is null or "hush");
                }
                catch (RowhouseException e)
                {
                    Assert.Equal("RH2206", e.Code);
                }
            },
            iter: 2000,
            threads: 1);
    }

    [Fact]
    public void A_key_file_is_its_owners_alone()
    {
        using var app = new ConfigApp();
        var keys = app.MakeKey();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys.Path));
        Assert.Equal("RH2205", Assert.Throws<RowhouseException>(() => SecretsKeyFile.Create(keys.Path)).Code);
        File.SetUnixFileMode(keys.Path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var error = Assert.Throws<RowhouseException>(() => SecretsKeyFile.Read(keys.Path));
        Assert.Equal("RH2205", error.Code);
        Assert.Contains($"(mode 440); run: chmod 600 '{keys.Path}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_missing_or_none_is_an_error_that_names_the_places()
    {
        using var app = new ConfigApp("a = secret:PIN");
        var keys = app.MakeKey();
        Save(app, keys, ("PIN", "hush"));
        Assert.Equal("hush", app.Load().Take<string>("a"));

        File.Delete(keys.Path);
        Assert.Contains("RH2204", Assert.Single(app.Problems()), StringComparison.Ordinal);
        Assert.Contains(keys.Path, Assert.Single(app.Problems()), StringComparison.Ordinal);
        WriteKey(keys.Path, "# none\n");
        Assert.Contains("RH2205", Assert.Single(app.Problems()), StringComparison.Ordinal);
        WriteKey(keys.Path, keys.Current.ToSecretString()[..20]);
        var problem = Assert.Single(app.Problems());
        Assert.Contains("RH2205", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(keys.Current.ToSecretString()[..20], problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_looked_for_outside_of_the_root()
    {
        var variables = new Dictionary<string, string> { ["HOME"] = "/home/me", ["CREDENTIALS_DIRECTORY"] = "/run/credentials/x" };

        Assert.Equal(
            ["/run/credentials/x/rowhouse-secrets-key", "/etc/rowhouse/secrets.key", "/home/me/.config/rowhouse/secrets.key"],
            SecretsKeyFile.Places(variables));
        variables[SecretsKeyFile.Variable] = "/my.key";
        Assert.Equal(["/my.key"], SecretsKeyFile.Places(variables));
    }

    [Fact]
    public void Names_and_sizes_are_bounded()
    {
        using var app = new ConfigApp();
        var file = Open(app, app.MakeKey());

        Assert.Equal("RH2202", Assert.Throws<RowhouseException>(() => file.Set("a b", "x")).Code);
        Assert.Equal("RH2202", Assert.Throws<RowhouseException>(() => file.Set("/a", "x")).Code);
        Assert.Equal("RH2206", Assert.Throws<RowhouseException>(() => file.Set("A", "")).Code);
        Assert.Equal("RH2206", Assert.Throws<RowhouseException>(() => file.Set("A", new string('ü', 40_000))).Code);
    }

    private static SecretsFile Open(ConfigApp app, SecretsKeyFile keys) => SecretsFile.Open(app.Place.SecretsFile, "shop", keys);

    private static void Save(ConfigApp app, SecretsKeyFile keys, params (string Name, string Secret)[] secrets)
    {
        var file = Open(app, keys);
        foreach (var (name, secret) in secrets)
        {
            file.Set(name, secret);
        }

        file.Save();
    }

    private static void WriteKey(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
