namespace Rowhouse.SessionTorture.Clients;

/// <summary>A counter in a session that all clients count up.</summary>
internal sealed class SharedCounter
{
    private readonly Lock _gate = new();
    private int _sent;
    private int _acknowledged;
    private int _read;

    public SharedCounter(string name)
    {
        Name = name;
    }

    public string Name { get; }

    /// <summary>What it has reached for certain.</summary>
    public int Newest
    {
        get
        {
            lock (_gate)
            {
                return Math.Max(_acknowledged, _read);
            }
        }
    }

    /// <summary>Before it is sent.</summary>
    public void Send() => Interlocked.Increment(ref _sent);

    public void Answered(Outcome outcome)
    {
        lock (_gate)
        {
            switch (outcome)
            {
                case Outcome.Acknowledged:
                    _acknowledged++;
                    break;
                case Outcome.NotSent:
                    Interlocked.Decrement(ref _sent);
                    break;
            }
        }
    }

    /// <summary>Looks at what was read.</summary>
    /// <param name="value">The value.</param>
    /// <param name="before">What <see cref="Newest"/> was before the reading began.</param>
    /// <param name="lasts">Whether what was read is there to stay.</param>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public string? Check(int value, int before, bool lasts)
    {
        lock (_gate)
        {
            if (value >= before && value <= Volatile.Read(ref _sent))
            {
                _read = lasts ? Math.Max(_read, value) : _read;
                return null;
            }

            var wrong = $"{Name}: acknowledged {_acknowledged} of {_sent} that were sent, seen before {before}, found {value}";

            // What is missing counts once.
            (_acknowledged, _read) = (_acknowledged - Math.Max(0, before - value), Math.Min(_read, value));
            return wrong;
        }
    }
}
