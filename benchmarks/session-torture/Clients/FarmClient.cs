using System.Globalization;
using System.Net;
using System.Text.Json;
using Rowhouse.SessionTorture.Servers;

namespace Rowhouse.SessionTorture.Clients;

/// <summary>Asks the servers, any of them.</summary>
internal sealed class FarmClient : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Limit };
    private readonly ServerFarm _farm;
    private readonly Tally _tally;

    public FarmClient(ServerFarm farm, Tally tally)
    {
        _farm = farm;
        _tally = tally;
    }

    /// <summary>Begins a session.</summary>
    /// <param name="number">Its number, for people.</param>
    /// <param name="seenLasts">Whether what is read there is there to stay.</param>
    public async Task<SharedSession> BeginAsync(int number, bool seenLasts)
    {
        using var response = await _client.PostAsync(new Uri(_farm.Addresses[0], NodeApp.Begin), content: null);
        response.EnsureSuccessStatusCode();
        return new SharedSession(number, response.Headers.GetValues("Set-Cookie").Single().Split(';')[0], seenLasts);
    }

    /// <summary>Writes a value to a key and its twin; null removes both.</summary>
    public Task<Answer> WriteAsync(SharedSession session, WrittenKey key, int? value, Random random)
    {
        var keys = $"key={key.Name}&twin={key.Twin}";
        return SendAsync(session, value is null ? $"{NodeApp.Remove}?{keys}" : string.Create(CultureInfo.InvariantCulture, $"{NodeApp.Write}?{keys}&value={value}"), random);
    }

    public Task<Answer> CountAsync(SharedSession session, string key, Random random) => SendAsync(session, $"{NodeApp.Count}?key={key}", random);

    /// <summary>What a session holds; null if that cannot be told now.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> FindAsync(SharedSession session, Random random)
    {
        var answer = await SendAsync(session, NodeApp.Read, random);
        return answer.Outcome == Outcome.Acknowledged ? JsonSerializer.Deserialize<Dictionary<string, string>>(answer.Text) : null;
    }

    /// <summary>What a session holds, as soon as it can be told.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(SharedSession session, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        while (true)
        {
            if (await FindAsync(session, Random.Shared) is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<Answer> SendAsync(SharedSession session, string path, Random random)
    {
        var addresses = _farm.Addresses;
        if (addresses.Count == 0)
        {
            return new Answer(Outcome.NotSent);
        }

        // With a body, since HttpClient by itself sends one without a second time if the server dies.
        using var body = new StringContent("-");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(addresses[random.Next(addresses.Count)], path)) { Content = body };
        request.Headers.Add("Cookie", session.Cookie);
        try
        {
            using var response = await _client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable))
            {
                _tally.Found(Fault.WrongAnswer, string.Create(CultureInfo.InvariantCulture, $"{path} was answered with {(int)response.StatusCode}: {text}"));
            }

            return response.StatusCode == HttpStatusCode.OK ? new Answer(Outcome.Acknowledged, text) : new Answer(Outcome.Doubtful);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return new Answer(Outcome.NotSent);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return new Answer(Outcome.Doubtful);
        }
    }
}
