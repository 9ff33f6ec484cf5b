namespace Rowhouse.Backends.Memcached;

/// <summary>What an answer begins with. Flags, so that a call can say which of them answer it.</summary>
[Flags]
internal enum MetaCode
{
    None = 0,

    /// <summary><c>HD</c></summary>
    Done = 1,

    /// <summary><c>VA</c>, with a value</summary>
    Value = 1 << 1,

    /// <summary><c>EN</c></summary>
    Miss = 1 << 2,

    /// <summary><c>NF</c></summary>
    NotFound = 1 << 3,

    /// <summary><c>NS</c></summary>
    NotStored = 1 << 4,

    /// <summary><c>EX</c></summary>
    Changed = 1 << 5,

    /// <summary><c>MN</c></summary>
    NoOperation = 1 << 6,

    /// <summary><c>OK</c></summary>
    Okay = 1 << 7,

    /// <summary><c>VERSION …</c></summary>
    Version = 1 << 8,

    /// <summary><c>STAT …</c></summary>
    Statistic = 1 << 9,

    /// <summary><c>END</c></summary>
    End = 1 << 10,

    /// <summary><c>ERROR …</c>: the command is not known</summary>
    Error = 1 << 11,

    /// <summary><c>CLIENT_ERROR …</c></summary>
    ClientError = 1 << 12,

    /// <summary><c>SERVER_ERROR …</c></summary>
    ServerError = 1 << 13,

    /// <summary>The three refusals, which may answer any command and carry no opaque.</summary>
    AnyError = Error | ClientError | ServerError,

    /// <summary>What answers a write.</summary>
    AnyWritten = Done | NotFound | NotStored | Changed,
}
