using System.Reflection;

namespace Rowhouse.Cli;

/// <summary>The version of this build.</summary>
internal static class ProductVersion
{
    /// <summary>For example <c>0.1.0</c>; without the commit that the SDK appends after a plus.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
