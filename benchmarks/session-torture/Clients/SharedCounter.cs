namespace Rowhouse.SessionTorture.Clients;

/// <summary>A counter in a session that all clients count up.</summary>
internal sealed class SharedCounter
{
    private int _acknowledged;
    private int _doubtful;

    public SharedCounter(string name)
    {
        Name = name;
    }

    public string Name { get; }

    public void Acknowledge() => Interlocked.Increment(ref _acknowledged);

    public void Doubt() => Interlocked.Increment(ref _doubtful);

    public bool Allows(int value) => value >= _acknowledged && value <= _acknowledged + _doubtful;

    public override string ToString() => $"acknowledged {_acknowledged}, not answered {_doubtful}";
}
