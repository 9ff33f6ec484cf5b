using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rowhouse.Tests;

namespace Rowhouse.Sessions.Tests.Requests;

public sealed class MetricsTests
{
    private readonly SessionPlaces _places;

    public MetricsTests(SessionPlaces places)
    {
        _places = places;
    }

    [Fact]
    public async Task Loads_saves_conflicts_and_bytes_are_counted_for_each_backend()
    {
        await using var app = await SessionApp.StartAsync(await _places.NewAsync("file"), web =>
        {
            SessionPages.Map(web);
            web.MapGet("/count", (HttpContext context, CancellationToken token) => context.Session.UpdateAsync<int>("count", count => count + 1, token));
        });
        using var meter = Listen(app.Model.Store!.Name, out var sums);
        using var browser = app.NewBrowser();

        await browser.GetAsync("/set?key=name&value=Ann");
        await browser.GetAsync("/get?key=name");
        await browser.GetAsync("/set?key=name&value=Bob");

        // The first request had no cookie, and so nothing to load.
        Assert.Equal(2, sums["rowhouse.session.loads"]);
        Assert.Equal(2, sums["rowhouse.session.saves"]);
        Assert.Equal((2 * 7) + (2 * 3), sums["rowhouse.session.bytes"]);
        Assert.True(sums.ContainsKey("rowhouse.session.load.duration"));
        Assert.True(sums.ContainsKey("rowhouse.session.save.duration"));

        await Eventually.HoldsAsync(
            async () =>
            {
                await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.GetAsync("/count")));
                return sums.GetValueOrDefault("rowhouse.session.conflicts") > 0;
            },
            "two updates met");
    }

    [Fact]
    public async Task The_health_check_of_the_backends_tells_that_sessions_are_down()
    {
        await using var redis = new RedisServer();
        await redis.StartedAsync();
        await using var app = await SessionApp.StartAsync(
            $"redis://127.0.0.1:{redis.Port}/0?timeout=10s&command-timeout=1s",
            web =>
            {
                SessionPages.Map(web);
                web.MapHealthChecks("/health").WithMetadata(new NoSessionAttribute());
            },
            build: builder => builder.Services.AddHealthChecks().AddBackends());
        using var browser = app.NewBrowser();
        await browser.GetAsync("/set?key=name&value=Ann");

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/health"));
        await redis.PauseAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await browser.StatusAsync("/health"));
    }

    private static MeterListener Listen(string backend, out ConcurrentDictionary<string, double> sums)
    {
        var all = sums = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "backend" && (string?)tag.Value == backend)
                {
                    all.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
                }
            }
        }

        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == SessionMetrics.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        return listener;
    }
}
