using System.Runtime.InteropServices;

namespace Rowhouse.Cli;

/// <summary>What <c>rowhouse version --json</c> prints.</summary>
internal sealed record ToolVersion(string Version, string Runtime, string System)
{
    public static ToolVersion Current { get; } =
        new(ProductVersion.Text, RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier);
}
