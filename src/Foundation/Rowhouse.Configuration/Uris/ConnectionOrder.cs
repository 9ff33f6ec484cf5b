namespace Rowhouse.Configuration;

/// <summary>Which URI of a list is taken.</summary>
public enum ConnectionOrder
{
    /// <summary>The first that is up, in the order of the list. This is the default.</summary>
    Failover,

    /// <summary>Any, by chance.</summary>
    Random,

    /// <summary>Each in turn.</summary>
    RoundRobin,
}
