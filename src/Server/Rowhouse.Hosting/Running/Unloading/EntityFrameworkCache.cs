using System.Collections;
using System.Reflection;

namespace Rowhouse.Hosting.Running.Unloading;

/// <summary>
/// EF Core keeps its internal service providers, and with them the models of every context type it has met, for the process' life
/// (ServiceProviderCache). Emptied when an instance retires: the next context of the app makes a new one.
/// By reflection, since the server knows no EF Core: it is the app's own, in the app's own version.
/// </summary>
internal static class EntityFrameworkCache
{
    public static void Clear(Assembly assembly)
    {
        if (assembly.GetName().Name != "Microsoft.EntityFrameworkCore"
            || assembly.GetType("Microsoft.EntityFrameworkCore.Internal.ServiceProviderCache") is not { } type)
        {
            return;
        }

        var instance = type.GetProperty("Instance", BindingFlags.Static | BindingFlags.Public)?.GetValue(null);
        var field = type.GetField("_configurations", BindingFlags.Instance | BindingFlags.NonPublic);
        (field?.GetValue(instance) as IDictionary)?.Clear();
    }
}
