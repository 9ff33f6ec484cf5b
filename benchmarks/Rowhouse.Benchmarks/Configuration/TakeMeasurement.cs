using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Rowhouse.Benchmarks.Suites;
using Rowhouse.Configuration;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>Takes values of an ordinary appconfig.ini again and again.</summary>
internal static class TakeMeasurement
{
    private const int Batch = 200_000;

    private const string Ini = """
        [shop]
        page-size = 25
        items = 7
        limit = 64KB
        tries = 3
        title = The shop
        currency = EUR
        sender = shop@example.com
        theme = plain
        """;

    // A program takes many keys, not one.
    private static readonly string[] Numbers = ["shop.page-size", "shop.items", "shop.limit", "shop.tries"];
    private static readonly string[] Texts = ["shop.title", "shop.currency", "shop.sender", "shop.theme"];

    public static Task<TakeCost> RunAsync(BenchmarkRun run)
    {
        var folder = Directory.CreateDirectory(Path.Combine(run.Folder, "take", "private")).FullName;
        File.WriteAllText(Path.Combine(folder, "appconfig.ini"), Ini);
        var config = AppConfig.Load(Path.GetDirectoryName(folder)!, options => options.Environment = "Production");
        return Task.FromResult(Measure(config, run.Choose(full: 300, quick: 60)));
    }

    private static TakeCost Measure(AppConfig config, int batches)
    {
        for (var warmUp = 0; warmUp < 20; warmUp++)
        {
            TakeNumbers(config);
            TakeTexts(config);
        }

        var (numbers, texts, bytes) = (new List<double>(), new List<double>(), 0L);
        for (var batch = 0; batch < batches; batch++)
        {
            var (number, text) = (TakeNumbers(config), TakeTexts(config));
            numbers.Add(number.Nanoseconds);
            texts.Add(text.Nanoseconds);
            bytes += number.Bytes + text.Bytes;
        }

        var (ofNumber, ofText) = (Statistics.Median(numbers), Statistics.Median(texts));
        return new TakeCost(Math.Max(ofNumber, ofText), (double)bytes / (2L * batches * Batch), string.Create(
            CultureInfo.InvariantCulture,
            $"medians of {batches} batches of {Batch:N0}: int {ofNumber:0.0} ns, string {ofText:0.0} ns; 90 % of the batches ≤ {Statistics.Quantile(numbers, 0.9):0.0} and {Statistics.Quantile(texts, 0.9):0.0} ns"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (double Nanoseconds, long Bytes) TakeNumbers(AppConfig config)
    {
        var (sum, bytes, started) = (0L, GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        for (var i = 0; i < Batch; i++)
        {
            sum += config.Take<int>(Numbers[i & 3]);
        }

        return Finish(started, bytes, sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (double Nanoseconds, long Bytes) TakeTexts(AppConfig config)
    {
        var (sum, bytes, started) = (0L, GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        for (var i = 0; i < Batch; i++)
        {
            sum += config.Take<string>(Texts[i & 3]).Length;
        }

        return Finish(started, bytes, sum);
    }

    // The sum is looked at, so that the loop cannot be left out.
    private static (double Nanoseconds, long Bytes) Finish(long started, long bytes, long sum)
    {
        var elapsed = Stopwatch.GetElapsedTime(started);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return sum > 0 ? (elapsed.TotalNanoseconds / Batch, allocated) : throw new InvalidOperationException("The values are wrong.");
    }
}
