namespace Rowhouse.Sessions;

/// <summary>Every error of this project, in one place: RH50xx.</summary>
internal static partial class SessionsErrors
{
    public static RowhouseException NoStore(ConnectionUri uri, IEnumerable<string> schemes) => new(
        "RH5001",
        $"'{uri}' cannot keep sessions in a place where they can be looked at. What can: {string.Join(", ", schemes)}.");
}
