namespace Rowhouse.Cli;

/// <summary><c>rowhouse apps check</c>.</summary>
internal sealed class AppsCheckCommand : BuildingCommand
{
    public AppsCheckCommand(Terminal terminal)
        : base("check", "Compiles apps as in development and prints every error and warning.", terminal, "rowhouse apps check shop")
    {
    }

    protected override bool IsDevelopment => true;

    protected override bool ShowsWarnings => true;

    protected override string Done => "ok";
}
