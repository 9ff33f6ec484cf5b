using System.Reflection;
using PublicApiGenerator;

namespace Rowhouse.Architecture.Tests;

public sealed class PublicApiTests
{
    private const string Snapshots = "tests/Rowhouse.Architecture.Tests/Api";

    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        DenyNamespacePrefixes = [], // extension methods live beside what they extend
    };

    public static TheoryData<string> Libraries =>
        [.. Repository.SourceProjects.Where(IsLibrary).Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_surface_is_the_approved_one(string project)
    {
        var found = Load(project).GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd() + "\n";

        var difference = FindDifference(Path.Combine(Repository.Root, Snapshots), project, found);
        Assert.True(difference is null, difference);
    }

    [Fact]
    public void Each_snapshot_is_of_a_library_that_is_there()
    {
        var libraries = Repository.SourceProjects.Where(IsLibrary).Select(project => $"{Snapshots}/{project.Name}.approved.txt");

        Assert.NotEmpty(Libraries);
        Repository.MustBeEmpty(Repository.Files(Snapshots, "*.approved.txt").Except(libraries).Select(path => $"{path} is of no library in src/. Delete it."));
    }

    [Fact]
    public void A_changed_surface_is_written_down_beside_the_approved_one_with_the_command_that_accepts_it()
    {
        var folder = Directory.CreateTempSubdirectory("rowhouse-api-").FullName;
        try
        {
            var missing = FindDifference(folder, "Some.Library", "class A\n");
            File.Move(Path.Combine(folder, "Some.Library.received.txt"), Path.Combine(folder, "Some.Library.approved.txt"));
            Assert.Contains("mv ", missing, StringComparison.Ordinal);

            var changed = FindDifference(folder, "Some.Library", "class B\n");
            Assert.Contains("line 1", changed, StringComparison.Ordinal);
            Assert.Equal("class B\n", File.ReadAllText(Path.Combine(folder, "Some.Library.received.txt")));

            Assert.Null(FindDifference(folder, "Some.Library", "class A\n"));
            Assert.False(File.Exists(Path.Combine(folder, "Some.Library.received.txt")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsLibrary(ProjectFile project) => project is { IsPackable: true, IsExecutable: false };

    private static Assembly Load(string project)
    {
        var name = Repository.SourceProjects.Single(source => source.Name == project).AssemblyName;
        try
        {
            return Assembly.Load(new AssemblyName(name));
        }
        catch (FileNotFoundException)
        {
            Assert.Fail($"{project} is not built with these tests. Add a ProjectReference to it to tests/Rowhouse.Architecture.Tests/Rowhouse.Architecture.Tests.csproj.");
            throw;
        }
    }

    private static string? FindDifference(string folder, string project, string found)
    {
        var approved = Path.Combine(folder, project + ".approved.txt");
        var received = Path.Combine(folder, project + ".received.txt");
        var expected = File.Exists(approved) ? File.ReadAllText(approved) : "";
        if (expected == found)
        {
            File.Delete(received);
            return null;
        }

        File.WriteAllText(received, found);
        var (line, was, now) = FirstDifference(expected.Split('\n'), found.Split('\n'));
        return $"The public surface of {project} changed, first in line {line}:\n- {was}\n+ {now}\nIf that is meant, accept it:\n  mv '{received}' '{approved}'";
    }

    private static (int Line, string Was, string Now) FirstDifference(string[] expected, string[] found)
    {
        var line = 0;
        while (line < expected.Length && line < found.Length && expected[line] == found[line])
        {
            line++;
        }

        return (line + 1, expected.ElementAtOrDefault(line) ?? "", found.ElementAtOrDefault(line) ?? "");
    }
}
