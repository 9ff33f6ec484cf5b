using System.CommandLine;

namespace Rowhouse.Cli.Config;

/// <summary>The option <c>--environment</c> of commands that read configurations.</summary>
internal static class EnvironmentOption
{
    public static Option<string?> Create() => new("--environment")
    {
        Description = "The environment whose overlays are read. Default: the one that the server would take.",
        HelpName = "NAME",
    };
}
