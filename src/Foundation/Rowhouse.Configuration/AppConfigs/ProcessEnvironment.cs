namespace Rowhouse.Configuration;

/// <summary>The name of the environment where there is no host that knows it.</summary>
internal static class ProcessEnvironment
{
    // In the order in which ASP.NET Core's host looks.
    private static readonly string[] Names = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    public static string Name(IReadOnlyDictionary<string, string>? variables) => Names
        .Select(name => variables is null ? Environment.GetEnvironmentVariable(name) : variables.GetValueOrDefault(name))
        .FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "Production";
}
