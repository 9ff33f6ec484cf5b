using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary>Turns the names on a command line into apps that are there.</summary>
internal static class AppNames
{
    /// <exception cref="RowhouseException">RH1003 the name is not fit; RH1004 there is no such app.</exception>
    public static string Get(ServerRoot root, string name)
    {
        if (!AppFolder.IsValidName(name))
        {
            throw HostingErrors.BadAppName(name);
        }

        var names = AppFolder.List(root).ToList();
        return names.Contains(name, StringComparer.Ordinal)
            ? name
            : throw CliErrors.NoSuchApp(name, root.Applications, CloseMatches.Find(name, names));
    }

    /// <summary>The apps that are named, or all if none is.</summary>
    public static IReadOnlyList<string> GetAll(ServerRoot root, IReadOnlyList<string> names) =>
        names.Count == 0 ? [.. AppFolder.List(root)] : [.. names.Distinct(StringComparer.Ordinal).Select(name => Get(root, name))];
}
