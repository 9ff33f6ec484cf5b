using System.Globalization;

namespace Rowhouse.SessionTorture.Clients;

/// <summary>
/// What one client has written to a key that nobody else writes, and everybody reads. Each write has a number, which is its value; 0 is the
/// state before the first. What is read must be a write that was sent, and none older than what was acknowledged or read when the reading began.
/// </summary>
internal sealed class WrittenKey
{
    private readonly Lock _gate = new();

    // Whether each write that was sent removes the key.
    private readonly SortedDictionary<int, bool> _sent = [];
    private int _acknowledged;
    private int _newest;

    public WrittenKey(string name)
    {
        Name = name;
    }

    public string Name { get; }

    /// <summary>The key that is written with it in the same request.</summary>
    public string Twin => Name + "-twin";

    /// <summary>
    /// Whether nobody knows if the last write was made. It may still come, long after its server was killed: the key is not written any more, so that
    /// it may not come after another one.
    /// </summary>
    public bool IsDoubtful { get; private set; }

    /// <summary>The newest write that is known to have been made.</summary>
    public int Newest
    {
        get
        {
            lock (_gate)
            {
                return _newest;
            }
        }
    }

    /// <summary>Before it is sent.</summary>
    public void Send(int number, bool isRemoval)
    {
        lock (_gate)
        {
            _sent[number] = isRemoval;
        }
    }

    public void Answered(int number, Outcome outcome)
    {
        lock (_gate)
        {
            switch (outcome)
            {
                case Outcome.Acknowledged:
                    (_acknowledged, _newest) = (number, Math.Max(_newest, number));
                    break;
                case Outcome.Doubtful:
                    IsDoubtful = true;
                    break;
                default:
                    _sent.Remove(number);
                    break;
            }
        }
    }

    /// <summary>Looks at what was read.</summary>
    /// <param name="value">The value; null is that it is not there.</param>
    /// <param name="before">What <see cref="Newest"/> was before the reading began.</param>
    /// <param name="lasts">Whether what was read is there to stay.</param>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public string? Check(string? value, int before, bool lasts)
    {
        lock (_gate)
        {
            if (FindWrite(value, before) is not { } write)
            {
                var wrong = string.Create(CultureInfo.InvariantCulture, $"{Name}: acknowledged {Text(_acknowledged)}, seen before {Text(before)}, found {value ?? "nothing"}");

                // That is right from now on, so that a loss counts once.
                _newest = int.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : 0;
                return wrong;
            }

            if (lasts)
            {
                _newest = Math.Max(_newest, write);
            }

            return null;
        }
    }

    // The oldest write that explains it.
    private int? FindWrite(string? value, int before)
    {
        if (value is not null)
        {
            return int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= before && _sent.TryGetValue(number, out var isRemoval) && !isRemoval ? number : null;
        }

        if (before == 0)
        {
            return 0;
        }

        var removals = _sent.Where(write => write.Value && write.Key >= before).ToList();
        return removals.Count > 0 ? removals[0].Key : null;
    }

    private string Text(int number) => number == 0 ? "nothing" : string.Create(CultureInfo.InvariantCulture, $"{number}{(_sent.GetValueOrDefault(number) ? " (removed)" : "")}");
}
