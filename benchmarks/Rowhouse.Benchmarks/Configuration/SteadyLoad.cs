using System.Collections.Concurrent;
using System.Diagnostics;
using Rowhouse.Benchmarks.Processes;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>Asks for a page at a fixed rate, whether or not earlier requests were answered, and notes how long each took.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly HttpClient _client;
    private readonly Uri _page;
    private readonly PeriodicTimer _timer;
    private readonly ConcurrentQueue<LoadSample> _samples = [];
    private readonly List<Task> _requests = [];
    private readonly Task _sending;

    public SteadyLoad(ServerProcess server, string page, int requestsPerSecond)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Limit };
        _page = new Uri(server.Address, page);
        _timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / requestsPerSecond), TimeProvider.System);
        _sending = SendAsync();
    }

    /// <summary>The requests that were sent from one time to another and have been answered.</summary>
    public IReadOnlyList<LoadSample> Between(long from, long until) => [.. _samples.Where(sample => sample.Sent >= from && sample.Sent < until)];

    /// <summary>Sends no more, and waits for what is under way.</summary>
    public async Task StopAsync()
    {
        _timer.Dispose();
        await _sending.ConfigureAwait(false);
        await Task.WhenAll(_requests).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _sending.ConfigureAwait(false);
        _client.Dispose();
    }

    private async Task SendAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            _requests.Add(AskAsync());
        }
    }

    private async Task AskAsync()
    {
        var (sent, status) = (Stopwatch.GetTimestamp(), 0);
        try
        {
            using var response = await _client.GetAsync(_page).ConfigureAwait(false);
            status = (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // No answer, which is status 0.
        }

        _samples.Enqueue(new LoadSample(sent, Stopwatch.GetElapsedTime(sent), status));
    }
}
