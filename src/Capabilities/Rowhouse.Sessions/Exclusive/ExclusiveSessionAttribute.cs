namespace Rowhouse.Sessions;

/// <summary>
/// Of the requests of one session that come to endpoints with this attribute, one runs at a time on the whole farm; the next one begins when the changes
/// of the last are stored. Requests to other endpoints are not held up. On a class or method of MVC or Razor Pages, or as metadata:
/// <c>app.MapPost(…).WithMetadata(new ExclusiveSessionAttribute())</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ExclusiveSessionAttribute : Attribute, ISessionMetadata
{
    private int _waitSeconds = 10;
    private int _leaseSeconds = 15;

    /// <summary>How many seconds a request waits for the others; then it is answered 503. From 0; the default is 10.</summary>
    public int WaitSeconds
    {
        get => _waitSeconds;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _waitSeconds = value;
        }
    }

    /// <summary>
    /// For how many seconds others wait if the process of the one that runs dies; it is no limit to the work. From 1 to 3600; the default is 15.
    /// </summary>
    public int LeaseSeconds
    {
        get => _leaseSeconds;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 3600);
            _leaseSeconds = value;
        }
    }
}
