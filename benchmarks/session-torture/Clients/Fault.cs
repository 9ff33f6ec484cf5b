namespace Rowhouse.SessionTorture.Clients;

/// <summary>What must never be seen.</summary>
internal enum Fault
{
    /// <summary>An answer that no client should ever get.</summary>
    WrongAnswer,

    /// <summary>A part of a request is there and the other is not.</summary>
    Torn,

    /// <summary>What was there before is not any more, or something older is.</summary>
    Lost,
}
