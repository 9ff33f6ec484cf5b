using Rowhouse.Configuration;

namespace Rowhouse.Cli.Config;

/// <summary>What <c>config check --json</c> prints of one app.</summary>
internal sealed record ConfigCheckResult(string App, string Environment, bool Succeeded, IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings)
{
    public static ConfigCheckResult Of(AppConfigModel model) =>
        new(model.Place.AppName, model.Place.Environment, model.Problems.Count == 0, model.Problems, model.Warnings);
}
