using Microsoft.Extensions.Logging;

namespace Rowhouse.Sessions;

/// <summary>Logs once that sessions are unavailable and once that they are back, not in every request.</summary>
internal sealed class SessionAvailability
{
    private readonly ILogger _log;
    private int _isDown;

    public SessionAvailability(ILogger log)
    {
        _log = log;
    }

    public void Failed(BackendUnavailableException error)
    {
        if (Interlocked.Exchange(ref _isDown, 1) == 0)
        {
            Log.Unavailable(_log, error.Message);
        }
    }

    public void Succeeded()
    {
        if (Volatile.Read(ref _isDown) == 1 && Interlocked.Exchange(ref _isDown, 0) == 1)
        {
            Log.AvailableAgain(_log);
        }
    }
}
