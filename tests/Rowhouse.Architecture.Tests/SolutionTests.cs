using System.Xml.Linq;

namespace Rowhouse.Architecture.Tests;

public sealed class SolutionTests
{
    [Fact]
    public void Versions_of_packages_stand_in_Directory_Packages_props_only()
    {
        var projects = new[] { "src", "tests", "benchmarks", "applications", "eng" }
            .SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Where(path => !Repository.IsTemplate(path))
            .Select(path => ProjectFile.Read(Repository.Root, path))
            .ToList();

        Assert.NotEmpty(projects);
        Repository.MustBeEmpty(projects.SelectMany(project =>
            project.OwnVersions.Select(package => $"{project.Path} gives {package} a version; versions belong into Directory.Packages.props.")));
    }

    [Theory]
    [InlineData("<PackageReference Include='A' />", 0)]
    [InlineData("<PackageReference Include='A' Version='1.0' />", 1)]
    [InlineData("<PackageReference Include='A' VersionOverride='1.0' />", 1)]
    [InlineData("<PackageReference Include='A'><Version>1.0</Version></PackageReference>", 1)]
    [InlineData("<PackageReference Update='A' Version='1.0' /><PackageReference Include='B' />", 1)]
    public void The_law_of_the_versions_tells_right_from_wrong(string items, int breaches) =>
        Assert.Equal(breaches, ProjectFile.FindOwnVersions(XDocument.Parse($"<Project><ItemGroup>{items}</ItemGroup></Project>")).Length);

    [Fact]
    public void The_solution_names_each_project_that_is_there_and_no_other()
    {
        var there = new[] { "src", "tests", "benchmarks" }
            .SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Where(path => !Repository.IsTemplate(path) && !path.Contains("/TestApps/", StringComparison.Ordinal))
            .ToList();

        Repository.MustBeEmpty(FindBreaches(XDocument.Parse(Repository.Read("Rowhouse.slnx")), there, path => File.Exists(Path.Combine(Repository.Root, path))));
    }

    [Fact]
    public void The_law_of_the_solution_tells_right_from_wrong()
    {
        var solution = XDocument.Parse("<Solution><Folder Name='/src/'><Project Path='src/A/A.csproj' /><Project Path='src\\B\\B.csproj' /></Folder></Solution>");

        Assert.Empty(FindBreaches(solution, ["src/A/A.csproj", "src/B/B.csproj"], _ => true));
        Assert.Single(FindBreaches(solution, ["src/A/A.csproj", "src/B/B.csproj", "src/C/C.csproj"], _ => true), breach => breach.Contains("src/C/C.csproj", StringComparison.Ordinal));
        Assert.Single(FindBreaches(solution, ["src/A/A.csproj"], path => path == "src/A/A.csproj"), breach => breach.Contains("src/B/B.csproj", StringComparison.Ordinal));
    }

    private static IEnumerable<string> FindBreaches(XDocument solution, IReadOnlyList<string> projects, Func<string, bool> exists)
    {
        var named = solution.Descendants("Project").Select(project => project.Attribute("Path")?.Value.Replace('\\', '/') ?? "").ToList();
        return projects.Except(named, StringComparer.Ordinal).Select(path => $"{path} is missing in Rowhouse.slnx. Add it: dotnet sln Rowhouse.slnx add {path}")
            .Concat(named.Where(path => !exists(path)).Select(path => $"Rowhouse.slnx names {path}, which does not exist."));
    }
}
