namespace Rowhouse.SessionTorture.Clients;

/// <summary>What one client has written to a key that nobody else writes. Null is that it is not there.</summary>
internal sealed class WrittenKey
{
    private string? _acknowledged;
    private string? _doubtful;

    public WrittenKey(string name)
    {
        Name = name;
    }

    public string Name { get; }

    /// <summary>
    /// Whether nobody knows if the last write was made. It may still come, long after its server was killed: the key is not written any more, so that
    /// it may not come after another one.
    /// </summary>
    public bool IsDoubtful { get; private set; }

    public void Acknowledge(string? value) => _acknowledged = value;

    public void Doubt(string? value)
    {
        _doubtful = value;
        IsDoubtful = true;
    }

    /// <summary>Takes what was found for right, so that a loss counts once.</summary>
    public void Accept(string? value) => (_acknowledged, _doubtful) = (value, value);

    public bool Allows(string? value) => value == _acknowledged || (IsDoubtful && value == _doubtful);

    public override string ToString() => $"acknowledged {Text(_acknowledged)}{(IsDoubtful ? $", not answered {Text(_doubtful)}" : "")}";

    private static string Text(string? value) => value ?? "(removed)";
}
