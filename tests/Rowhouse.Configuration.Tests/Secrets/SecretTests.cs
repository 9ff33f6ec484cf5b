namespace Rowhouse.Configuration.Tests;

public sealed class SecretTests
{
    [Fact]
    public void A_secret_is_looked_for_in_every_place_in_order()
    {
        using var app = new ConfigApp("a = secret:PIN\nb = before {secret:PIN} after");
        var mounted = Directory.CreateDirectory(Path.Combine(app.Folder, "mounted")).FullName;
        var credentials = Directory.CreateDirectory(Path.Combine(app.Folder, "credentials")).FullName;
        var keys = app.MakeKey();
        string Find() => new SecretLookup(app.Place, mounted).Find("PIN").Text;

        var file = SecretsFile.Open(app.Place.SecretsFile, "shop", keys);
        file.Set("PIN", "encrypted");
        file.Save();
        Assert.Equal("encrypted", Find());
        File.WriteAllText(Path.Combine(mounted, "PIN"), "mounted\n");
        Assert.Equal("mounted", Find());
        app.Variables["CREDENTIALS_DIRECTORY"] = credentials;
        Assert.Equal("mounted", Find());
        File.WriteAllText(Path.Combine(credentials, "PIN"), "credential");
        Assert.Equal("credential", Find());
        app.Variables["PIN"] = "variable";
        Assert.Equal("variable", Find());
        app.Variables["SHOP__SECRET__PIN"] = "own variable";
        Assert.Equal("own variable", Find());

        var config = app.Load();
        Assert.Equal("own variable", config.Take<string>("a"));
        Assert.Equal("before own variable after", config.Take<string>("b"));
        Assert.False(config.Has("secret.pin"));
    }

    [Fact]
    public void A_secret_in_a_uri_may_hold_any_character()
    {
        using var app = new ConfigApp("[db]\nuri = postgres://shop:{secret:PIN}@h/db");
        app.Variables["PIN"] = "p@ss:/?#%,& ü";

        Assert.Equal("p@ss:/?#%,& ü", app.Load().Take<ConnectionUri>("db.uri").Password);
        Assert.Equal("postgres://shop:***@h/db", app.Read().Find("db.uri")!.Shown);
    }

    [Theory]
    [InlineData("hush", "hush")]
    [InlineData("hush\n", "hush")]
    [InlineData("hush\r\n", "hush")]
    [InlineData(" hush \n\n", " hush \n")]
    public void A_file_is_a_secret_without_its_line_end(string content, string secret)
    {
        using var app = new ConfigApp();
        app.Write("appconfig.ini", $"a = secret:{app.Write("pin", content)}");

        Assert.Equal(secret, app.Load().Take<string>("a"));
    }

    [Fact]
    public void A_file_that_cannot_be_a_secret_is_refused()
    {
        using var app = new ConfigApp();
        string Code(string path) => Assert.Throws<RowhouseException>(() => new SecretLookup(app.Place).Find(path)).Code;

        Assert.Equal("RH2203", Code(Path.Combine(app.Private, "none")));
        Assert.Equal("RH2203", Code(app.Write("empty", "\n")));
        Assert.Equal("RH2203", Code(app.Write("large", new string('a', 70_000))));
        var binary = Path.Combine(app.Private, "binary");
        File.WriteAllBytes(binary, [0xFF, 0xFE]);
        Assert.Equal("RH2203", Code(binary));
        Assert.Equal("RH2202", Code("../etc/passwd"));
        Assert.Equal("RH2202", Code(""));
        Assert.Equal("RH2201", Code(".."));
    }

    [Fact]
    public void One_missing_secret_of_many_values_is_said_once()
    {
        using var app = new ConfigApp("[a]\none = secret:NONE\ntwo = {secret:NONE}\n[db]\nuri = redis://:{secret:NONE}@h");

        Assert.StartsWith("appconfig.ini:2: a.one: RH2201: ", Assert.Single(app.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_overridden_value_needs_no_secret()
    {
        using var app = new ConfigApp("a = secret:NONE");
        app.Variables["SHOP__A"] = "here";

        Assert.Equal("here", app.Load().Take<string>("a"));
    }
}
