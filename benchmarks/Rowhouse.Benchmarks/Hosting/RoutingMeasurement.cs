using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Logging.Abstractions;
using Rowhouse.Benchmarks.Apps;
using Rowhouse.Benchmarks.Suites;
using Rowhouse.Hosting;
using Rowhouse.Hosting.Routing;
using Rowhouse.Hosting.Running;
using Rowhouse.Hosting.Serving;

namespace Rowhouse.Benchmarks.Hosting;

/// <summary>
/// Sends requests that the app's first middleware answers, by the router and straight to the app, in turns. The difference is the router.
/// </summary>
internal static class RoutingMeasurement
{
    private const int Batch = 20_000;

    public static async Task<RoutingCost> RunAsync(BenchmarkRun run)
    {
        var root = new HostingRoot(run, "routing");
        root.Add(PageApp.Name, await PublishedApp.MakeAsync(run, PageApp.Name, PageApp.Create()).ConfigureAwait(false));
        var host = new AppHost(ServerConfigReader.Read(ServerRoot.At(root.Folder), new ServerConfigOverrides { Environment = "Production" }), NullLoggerProvider.Instance, TimeProvider.System);
        await using var catalog = new AppCatalog(host);
        catalog.Scan(start: false);
        var admission = await catalog.Find(PageApp.Name)!.AdmitAsync(isPage: false, run.CancellationToken).ConfigureAwait(false);
        var instance = admission.Instance ?? throw new InvalidOperationException($"The app does not start: {admission.Failure?.Reason}");
        try
        {
            return Measure(catalog, instance, run.Choose(full: 200, quick: 40));
        }
        finally
        {
            instance.Exit();
        }
    }

    // The context of ASP.NET Core's own IHttpApplication is internal to it: only its type argument is missing.
    private static RoutingCost Measure(AppCatalog catalog, AppInstance instance, int batches)
    {
        var pipeline = typeof(SharedInstance).GetField("_pipeline", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(instance)!;
        var application = pipeline.GetType().GetProperty("Application")!.GetValue(pipeline)!;
        return (RoutingCost)typeof(RoutingMeasurement).GetMethod(nameof(MeasureTyped), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(pipeline.GetType().GetGenericArguments()[0])
            .Invoke(null, [catalog, application, batches])!;
    }

    private static RoutingCost MeasureTyped<TContext>(AppCatalog catalog, IHttpApplication<TContext> application, int batches)
        where TContext : notnull
    {
        var router = new Router<object>(catalog, new NoFallback());
        var routed = new ConnectionFeatures<RouteContext<object>>("", $"/{PageApp.Name}{PageApp.First}");
        var straight = new ConnectionFeatures<TContext>($"/{PageApp.Name}", PageApp.First);
        for (var warmUp = 0; warmUp < 10; warmUp++)
        {
            Send(router, routed, Batch);
            Send(application, straight, Batch);
        }

        var (differences, straightTimes, bytes) = (new List<double>(), new List<double>(), 0L);
        for (var batch = 0; batch < batches; batch++)
        {
            var isRoutedFirst = batch % 2 == 0;
            var first = isRoutedFirst ? Send(router, routed, Batch) : Send(application, straight, Batch);
            var second = isRoutedFirst ? Send(application, straight, Batch) : Send(router, routed, Batch);
            var (with, without) = isRoutedFirst ? (first, second) : (second, first);
            differences.Add(with.Microseconds - without.Microseconds);
            straightTimes.Add(without.Microseconds);
            bytes += with.Bytes - without.Bytes;
        }

        var median = Statistics.Median(differences);
        return new RoutingCost(median, (double)bytes / ((long)batches * Batch), string.Create(
            CultureInfo.InvariantCulture,
            $"median of {batches} batches of {Batch:N0} requests; 90 % of them ≤ {Statistics.Quantile(differences, 0.9):0.000} µs; to the same middleware without the router {Statistics.Median(straightTimes):0.000} µs"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (double Microseconds, long Bytes) Send<TContext>(IHttpApplication<TContext> application, ConnectionFeatures<TContext> features, int count)
        where TContext : notnull
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var request = 0; request < count; request++)
        {
            features.Reset();
            var context = application.CreateContext(features);
            if (!application.ProcessRequestAsync(context).IsCompletedSuccessfully)
            {
                throw new InvalidOperationException("The first middleware did not answer at once.");
            }

            application.DisposeContext(context, null);
        }

        return (Stopwatch.GetElapsedTime(started).TotalMicroseconds / count, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }
}
