using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Building;

/// <summary>Project apps for these tests.</summary>
internal static class Projects
{
    /// <summary>A project file, with packages given as <c>NAME@VERSION</c>.</summary>
    public static string File(params string[] packages) => $"""
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <SatelliteResourceLanguages>en</SatelliteResourceLanguages>
          </PropertyGroup>
          <ItemGroup>
            {string.Join("\n    ", packages.Select(package => $"<PackageReference Include=\"{package.Split('@')[0]}\" Version=\"[{package.Split('@')[1]}]\" />"))}
          </ItemGroup>
        </Project>
        """;

    /// <summary>A project app that answers with what the package Words of this version says.</summary>
    public static void WriteWithWords(TestRoot root, string app, string version)
    {
        root.Write(app, $"{app}.csproj", File($"Words@{version}"));
        root.Write(app, "Program.cs", Program(""));
    }

    public static string Program(string more) => $$"""
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/", () => $"{Words.Word.Text} {typeof(Words.Word).Assembly.GetName().Version}{{more}}");
        app.Run();
        """;

    /// <summary>The package's source.</summary>
    public static string Words(string text) => $$"""namespace Words { public static class Word { public static string Text => "{{text}}"; } }""";
}
