namespace Rowhouse.Architecture.Tests;

public sealed class LayeringTests
{
    [Fact]
    public void References_point_down()
    {
        Assert.NotEmpty(Repository.SourceProjects);
        Repository.MustBeEmpty(Layering.FindBreaches(Repository.SourceProjects));
    }

    [Theory]
    [InlineData("Foundation/Rowhouse.Backends", "Foundation/Rowhouse.Configuration", true)]
    [InlineData("Foundation/Rowhouse.Configuration", "Foundation/Rowhouse.Backends", false)]
    [InlineData("Foundation/Rowhouse.Other", "Foundation/Rowhouse.Configuration", false)]
    [InlineData("Foundation/Rowhouse.Backends", "Capabilities/Rowhouse.Sessions", false)]
    [InlineData("Capabilities/Rowhouse.Sessions", "Foundation/Rowhouse.Backends", true)]
    [InlineData("Capabilities/Rowhouse.Sessions", "Capabilities/Rowhouse.Caching", false)]
    [InlineData("Capabilities/Rowhouse.Sessions.Redis", "Capabilities/Rowhouse.Sessions", true)]
    [InlineData("Capabilities/Rowhouse.SessionsMore", "Capabilities/Rowhouse.Sessions", false)]
    [InlineData("Sdk/Rowhouse", "Capabilities/Rowhouse.Sessions", true)]
    [InlineData("Sdk/Rowhouse.Testing", "Sdk/Rowhouse", true)]
    [InlineData("Sdk/Rowhouse", "Server/Rowhouse.Hosting", false)]
    [InlineData("Server/Rowhouse.Hosting", "Capabilities/Rowhouse.Sessions", false)]
    [InlineData("Server/Rowhouse.Hosting", "Sdk/Rowhouse", false)]
    [InlineData("Server/Rowhouse.Hosting", "Tools/Rowhouse.Cli", false)]
    [InlineData("Tools/Rowhouse.Management", "Server/Rowhouse.Hosting", true)]
    [InlineData("Tools/Rowhouse.Management", "Tools/Rowhouse.Deployment", false)]
    [InlineData("Tools/Rowhouse.Cli", "Tools/Rowhouse.Deployment", true)]
    [InlineData("Elsewhere/Rowhouse.X", "Foundation/Rowhouse.Backends", false)]
    public void The_law_of_the_layers_tells_right_from_wrong(string from, string to, bool allowed)
    {
        var target = Project(to);

        var breaches = Layering.FindBreaches([Project(from) with { References = [target.Path] }, target]);

        Assert.Equal(allowed, !breaches.Any());
    }

    [Fact]
    public void A_reference_out_of_src_is_a_breach() =>
        Assert.Single(Layering.FindBreaches([Project("Server/Rowhouse.Hosting") with { References = ["tests/X/X.csproj"] }]));

    private static ProjectFile Project(string name) =>
        new($"src/{name}/{name.Split('/')[1]}.csproj", []) { IsExecutable = name.EndsWith("Cli", StringComparison.Ordinal) };
}
