using Rowhouse.Configuration;

namespace Rowhouse.Cli.Doctor;

/// <summary>The environment of the running server: what is set in this shell need not be set there.</summary>
internal static class ServerVariables
{
    public static IReadOnlyDictionary<string, string> Read(ServerVersion? server)
    {
        var file = $"/proc/{server?.ProcessId}/environ";
        if (server is null || !File.Exists(file))
        {
            return AppConfigPlace.ProcessVariables();
        }

        try
        {
            return File.ReadAllText(file).Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(variable => variable.Split('=', 2))
                .DistinctBy(variable => variable[0], StringComparer.Ordinal)
                .ToDictionary(variable => variable[0], variable => variable.ElementAtOrDefault(1) ?? "", StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The server is another user's.
            return AppConfigPlace.ProcessVariables();
        }
    }
}
