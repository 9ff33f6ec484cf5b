using System.Collections.Concurrent;
using System.Diagnostics;
using Rowhouse.Benchmarks.Processes;

namespace Rowhouse.Benchmarks.Configuration;

/// <summary>
/// Asks for a page at a fixed rate, whether or not earlier requests were answered, and notes how long each took. The pauses between two requests
/// are random: loads in step would meet one another at each beat or never, and measure that.
/// </summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly HttpClient _client;
    private readonly Uri _page;
    private readonly TimeSpan _pause;
    private readonly CancellationTokenSource _stopped = new();
    private readonly ConcurrentQueue<LoadSample> _samples = [];
    private readonly List<Task> _requests = [];
    private readonly Task _sending;

    public SteadyLoad(ServerProcess server, string page, int requestsPerSecond, string? cookie = null)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Limit };
        if (cookie is not null)
        {
            _client.DefaultRequestHeaders.Add("Cookie", cookie);
        }

        _page = new Uri(server.Address, page);
        _pause = TimeSpan.FromSeconds(1.0 / requestsPerSecond);
        _sending = SendAsync();
    }

    /// <summary>The requests that were sent from one time to another and have been answered.</summary>
    public IReadOnlyList<LoadSample> Between(long from, long until) => [.. _samples.Where(sample => sample.Sent >= from && sample.Sent < until)];

    /// <summary>Sends no more, and waits for what is under way.</summary>
    public async Task StopAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        await Task.WhenAll(_requests).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        _client.Dispose();
        _stopped.Dispose();
    }

    private async Task SendAsync()
    {
        var (started, next) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        while (!_stopped.IsCancellationRequested)
        {
            next += _pause * (2 * Random.Shared.NextDouble());
            if (next - Stopwatch.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left, TimeProvider.System, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

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
