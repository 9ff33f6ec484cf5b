namespace Rowhouse.Hosting.Tests;

/// <summary>Does something in the middle of a long operation.</summary>
internal sealed class CallbackProgress : IProgress<double>
{
    private readonly Action<double> _callback;

    public CallbackProgress(Action<double> callback)
    {
        _callback = callback;
    }

    public void Report(double value) => _callback(value);
}
