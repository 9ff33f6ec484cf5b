namespace Rowhouse.Hosting;

/// <summary>Reads <c>[apps]</c> and <c>[app:NAME]</c>.</summary>
internal static class AppSettingsReader
{
    /// <summary>Lays the entries of one section over <paramref name="settings"/>; what is wrong with them goes to <paramref name="problems"/>.</summary>
    public static AppSettings Read(AppSettings settings, IReadOnlyList<IniEntry> entries, ConfigProblems problems)
    {
        foreach (var entry in entries)
        {
            settings = Apply(settings, entry, problems);
        }

        // Inherited from [apps], a limit just does not concern an app that shares the server's process.
        return settings.Isolation == AppIsolation.Process ? settings : WithoutMemory(settings, entries, problems);
    }

    private static AppSettings Apply(AppSettings settings, IniEntry entry, ConfigProblems problems)
    {
        var key = Array.Find(AppSettingKey.All, key => key.Name.Equals(entry.Key, StringComparison.OrdinalIgnoreCase));
        if (key is null)
        {
            var elsewhere = ServerSection.Keys.Contains(entry.Key, StringComparer.OrdinalIgnoreCase) ? $"; '{entry.Key}' belongs into [server]" : "";
            problems.AddUnknownKey(entry, AppSettingKey.Names, elsewhere);
            return settings;
        }

        if (key.Apply(settings, entry.Value) is { } applied)
        {
            return applied;
        }

        problems.Add(entry, $"expected {key.Allowed}{Spelling.Suggest(entry.Value, key.Words)}");
        return settings;
    }

    private static AppSettings WithoutMemory(AppSettings settings, IReadOnlyList<IniEntry> entries, ConfigProblems problems)
    {
        var entry = entries.LastOrDefault(entry => entry.Key.Equals(AppSettingKey.Memory, StringComparison.OrdinalIgnoreCase));
        if (entry is not null && settings.MemoryLimitBytes is not null)
        {
            problems.Add(entry, "only a process of its own can be limited; add 'isolation = process' to this section, or leave memory out");
        }

        return settings with { MemoryLimitBytes = null };
    }
}
