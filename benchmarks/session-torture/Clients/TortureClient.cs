using System.Globalization;

namespace Rowhouse.SessionTorture.Clients;

/// <summary>One client: a request at a time, in any session, with keys in each that only this client writes.</summary>
internal sealed class TortureClient
{
    private const int KeysPerSession = 3;

    // Where nobody answers, more requests would only make more keys whose value nobody knows.
    private static readonly TimeSpan Respite = TimeSpan.FromMilliseconds(50);

    private readonly string _name;
    private readonly IReadOnlyList<SharedSession> _sessions;
    private readonly FarmClient _farm;
    private readonly Tally _tally;
    private readonly Random _random;
    private readonly Dictionary<SharedSession, List<WrittenKey>> _written = [];
    private int _keys;
    private int _writes;

    public TortureClient(int number, IReadOnlyList<SharedSession> sessions, FarmClient farm, Tally tally, int seed)
    {
        _name = string.Create(CultureInfo.InvariantCulture, $"c{number}");
        _sessions = sessions;
        _farm = farm;
        _tally = tally;
        _random = new Random(seed);
    }

    public async Task RunAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            var session = _sessions[_random.Next(_sessions.Count)];
            var outcome = await (_random.Next(10) switch
            {
                < 2 => ReadAsync(session),
                < 5 => CountAsync(session),
                _ => WriteAsync(session),
            });
            if (outcome != Outcome.Acknowledged)
            {
                await Task.Delay(Respite, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task<Outcome> ReadAsync(SharedSession session)
    {
        var before = session.Know();
        var found = await _farm.FindAsync(session, _random);
        var outcome = found is null ? Outcome.Doubtful : Outcome.Acknowledged;
        _tally.Count(Tally.Read, outcome);
        if (found is not null)
        {
            session.Check(found, before, "meanwhile", _tally);
        }

        return outcome;
    }

    private async Task<Outcome> CountAsync(SharedSession session)
    {
        var counter = session.Counters[_random.Next(session.Counters.Count)];
        counter.Send();
        var answer = await _farm.CountAsync(session, counter.Name, _random);
        _tally.Count(Tally.Update, answer.Outcome);
        counter.Answered(answer.Outcome);
        return answer.Outcome;
    }

    private async Task<Outcome> WriteAsync(SharedSession session)
    {
        var (key, number, isRemoval) = (Take(session), ++_writes, _random.Next(10) == 0);
        key.Send(number, isRemoval);
        var answer = await _farm.WriteAsync(session, key, isRemoval ? null : number, _random);
        _tally.Count(Tally.Write, answer.Outcome);
        key.Answered(number, answer.Outcome);
        return answer.Outcome;
    }

    // One that is not in doubt; a new one takes the place of one that is.
    private WrittenKey Take(SharedSession session)
    {
        var all = WrittenTo(session);
        var certain = all.Where(key => !key.IsDoubtful).ToList();
        if (certain.Count == KeysPerSession)
        {
            return certain[_random.Next(certain.Count)];
        }

        var key = new WrittenKey(string.Create(CultureInfo.InvariantCulture, $"{_name}.{++_keys}"));
        all.Add(key);
        session.Add(key);
        return key;
    }

    private List<WrittenKey> WrittenTo(SharedSession session)
    {
        if (!_written.TryGetValue(session, out var written))
        {
            _written[session] = written = [];
        }

        return written;
    }
}
