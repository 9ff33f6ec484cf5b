namespace Rowhouse.Cli;

/// <summary><c>rowhouse apps build</c>.</summary>
internal sealed class AppsBuildCommand : BuildingCommand
{
    public AppsBuildCommand(Terminal terminal)
        : base("build", "Compiles apps for production, so that the server's next start compiles nothing.", terminal, "rowhouse apps build", "rowhouse apps build shop blog --json")
    {
    }

    protected override bool IsDevelopment => false;

    protected override bool ShowsWarnings => false;

    protected override string Done => "built";
}
