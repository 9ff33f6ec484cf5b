namespace Rowhouse.Hosting.Tests;

/// <summary>Progress that is seen at once, unlike <see cref="Progress{T}"/>, which posts it.</summary>
internal sealed class RecordedProgress : IProgress<double>
{
    public List<double> Values { get; } = [];

    public void Report(double value) => Values.Add(value);
}
