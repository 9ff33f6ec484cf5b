namespace Rowhouse.Hosting;

/// <summary>The progress of one step as a part of the whole.</summary>
internal sealed class ScaledProgress : IProgress<double>
{
    private readonly IProgress<double> _whole;
    private readonly double _start;
    private readonly double _share;

    public ScaledProgress(IProgress<double> whole, double start, double share)
    {
        _whole = whole;
        _start = start;
        _share = share;
    }

    public void Report(double value) => _whole.Report(_start + (_share * value));
}
