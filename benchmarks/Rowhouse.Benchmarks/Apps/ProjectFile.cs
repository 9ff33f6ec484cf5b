namespace Rowhouse.Benchmarks.Apps;

/// <summary>Writes the project files of apps.</summary>
internal static class ProjectFile
{
    public static string Of(params string[] packages) => $"""
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
            <SatelliteResourceLanguages>en</SatelliteResourceLanguages>
          </PropertyGroup>
          <ItemGroup>
            {string.Join("\n    ", packages.Select(package => package.Split('@') is [var name, var version] ? $"<PackageReference Include=\"{name}\" Version=\"[{version}]\" />" : ""))}
          </ItemGroup>
        </Project>
        """;
}
