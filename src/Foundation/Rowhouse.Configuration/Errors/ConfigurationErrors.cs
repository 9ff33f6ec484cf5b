namespace Rowhouse.Configuration;

/// <summary>Every error of this project, in one place. RH21xx an app's configuration and its values, RH22xx secrets, RH23xx connection URIs.</summary>
internal static class ConfigurationErrors
{
    // Connection URIs. `shown` holds no password (ShownUri), `why` quotes nothing that could be one.
    public static RowhouseException UnknownUriScheme(string shown, int position, string why) => BadUri("RH2301", shown, position, why);

    public static RowhouseException BadUriText(string shown, int position, string why) => BadUri("RH2302", shown, position, why);

    public static RowhouseException BadUriHost(string shown, int position, string why) => BadUri("RH2303", shown, position, why);

    public static RowhouseException BadUriPath(string shown, int position, string why) => BadUri("RH2304", shown, position, why);

    public static RowhouseException BadUriOption(string shown, int position, string why) => BadUri("RH2305", shown, position, why);

    public static RowhouseException BadUriList(string why) => new("RH2306", $"The list of connection URIs cannot be used: {why}. Write one or more URIs, separated by spaces.");

    private static RowhouseException BadUri(string code, string shown, int position, string why) =>
        new(code, $"The connection URI '{shown}' is wrong at character {position}: {why}.");
}
