namespace Rowhouse.Hosting;

/// <summary>Reads the configuration of a server: the command line over <c>rowhouse.ini</c> over environment variables over the defaults.</summary>
public static class ServerConfigReader
{
    private const string ServerName = "server";
    private const string RoutesName = "routes";
    private const string KeysName = "keys";
    private const string AppsName = "apps";
    private const string AppPrefix = "app:";

    private static readonly string[] EnvironmentVariables = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    /// <summary>Reads and checks everything. Without <c>rowhouse.ini</c> the defaults hold.</summary>
    /// <exception cref="RowhouseException">
    /// RH2001: all errors of the file, each with its line; RH2002: an environment's name that cannot be one;
    /// RH1004: an app of <see cref="ServerConfigOverrides.OnlyApps"/> that does not exist.
    /// </exception>
    public static ServerConfig Read(ServerRoot root, ServerConfigOverrides overrides) => Read(root, overrides, Environment.GetEnvironmentVariable);

    internal static ServerConfig Read(ServerRoot root, ServerConfigOverrides overrides, Func<string, string?> readVariable)
    {
        var problems = new ConfigProblems(root.ConfigFile);
        var sections = IniFile.Read(root.ConfigFile, ServerIni.Grammar, problems);
        CheckSectionNames(sections, root, problems);
        CheckDuplicates(sections, problems);
        var server = ServerSection.Read(EntriesOf(sections, ServerName), problems);
        var defaults = AppSettingsReader.Read(AppSettings.Default, EntriesOf(sections, AppsName), problems);
        var config = new ServerConfig
        {
            Root = root,
            Nodes = server.Nodes ?? 1,
            Keys = KeysSection.Read(root, EntriesOf(sections, KeysName), problems),
            Routes = RoutesSection.Read(EntriesOf(sections, RoutesName), problems),
            AppDefaults = defaults,
            Apps = ReadApps(sections, defaults, problems),
        };
        if (problems.Describe() is { Count: > 0 } lines)
        {
            throw HostingErrors.BadConfigFile(root.ConfigFile, lines);
        }

        return config with
        {
            Environment = FindEnvironment(overrides, server, readVariable) ?? config.Environment,
            Listeners = overrides.Listeners ?? server.Listeners ?? config.Listeners,
            OnlyApps = overrides.OnlyApps is { } only ? FindApps(root, only) : null,
        };
    }

    private static IniEntry[] EntriesOf(IEnumerable<IniSection> sections, string name) =>
        [.. sections.Where(section => section.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).SelectMany(section => section.Entries)];

    private static Dictionary<string, AppSettings> ReadApps(List<IniSection> sections, AppSettings defaults, ConfigProblems problems) => sections
        .Where(section => FindAppName(section.Name) is not null)
        .GroupBy(section => FindAppName(section.Name)!, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(
            app => app.Key,
            app => AppSettingsReader.Read(defaults, [.. app.SelectMany(section => section.Entries)], problems),
            StringComparer.OrdinalIgnoreCase);

    private static string? FindAppName(string section) =>
        section.StartsWith(AppPrefix, StringComparison.OrdinalIgnoreCase) && section[AppPrefix.Length..].Trim() is var name && AppFolder.IsValidName(name)
            ? name
            : null;

    private static void CheckSectionNames(List<IniSection> sections, ServerRoot root, ConfigProblems problems)
    {
        string[] fixedNames = [ServerName, RoutesName, KeysName, AppsName];
        foreach (var section in sections.Where(section => FindAppName(section.Name) is null && !fixedNames.Contains(section.Name, StringComparer.OrdinalIgnoreCase)))
        {
            var name = ShownText.Of(section.Name);
            if (section.Name.StartsWith(AppPrefix, StringComparison.OrdinalIgnoreCase))
            {
                problems.Add(section.Line, $"[{name}]: '{name[AppPrefix.Length..]}' cannot be the name of an app: letters, digits, '-' and '_', at most 64, the first a letter or digit");
                continue;
            }

            var apps = AppFolder.List(root).Select(app => AppPrefix + app);
            var hint = Spelling.FindNearest(section.Name, fixedNames) ?? Spelling.FindNearest(AppPrefix + section.Name, apps) ?? Spelling.FindNearest(section.Name, apps);
            problems.Add(section.Line, $"[{name}]: unknown section{(hint is null ? "" : $" (did you mean '[{hint}]'?)")}; there are [server], [routes], [keys], [apps] and [app:NAME]");
        }
    }

    private static void CheckDuplicates(List<IniSection> sections, ConfigProblems problems)
    {
        // Two spellings of one route are found where routes are read, and so are two equal ones.
        var keys = sections.SelectMany(section => section.Entries)
            .Where(entry => !entry.GoesOn && !entry.Section.Equals(RoutesName, StringComparison.OrdinalIgnoreCase))
            .GroupBy(entry => $"{FindAppName(entry.Section) ?? ""}\n{entry.Section}\n{entry.Key}", StringComparer.OrdinalIgnoreCase);
        foreach (var key in keys)
        {
            foreach (var entry in key.Skip(1))
            {
                problems.Add(entry, $"line {key.First().Line} already gives this key; leave one of the two out");
            }
        }
    }

    private static string? FindEnvironment(ServerConfigOverrides overrides, ServerSection server, Func<string, string?> readVariable)
    {
        if (overrides.Environment is { } name)
        {
            return CheckEnvironment(name, "--environment");
        }

        if (server.Environment is not null)
        {
            return server.Environment;
        }

        // An empty variable is how a shell script says "not set".
        var variable = EnvironmentVariables.FirstOrDefault(variable => !string.IsNullOrEmpty(readVariable(variable)));
        return variable is null ? null : CheckEnvironment(readVariable(variable)!, variable);
    }

    private static string CheckEnvironment(string name, string source) =>
        EnvironmentName.IsValid(name) ? name : throw HostingErrors.BadEnvironmentName(ShownText.Of(name), source);

    private static HashSet<string> FindApps(ServerRoot root, IReadOnlyCollection<string> names)
    {
        var folders = AppFolder.List(root).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return names
            .Select(name => folders.TryGetValue(name, out var folder) ? folder : throw HostingErrors.NoSuchApp(ShownText.Of(name), root.Applications))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
