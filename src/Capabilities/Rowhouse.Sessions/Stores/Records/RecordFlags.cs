namespace Rowhouse.Sessions;

/// <summary>What stands in a record.</summary>
[Flags]
internal enum RecordFlags : byte
{
    None = 0,
    Successor = 1,
    End = 2,
    OwnTimeout = 4,
    User = 8,
    ClientAddress = 16,
    All = 31,
}
