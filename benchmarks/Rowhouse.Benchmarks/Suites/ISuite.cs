namespace Rowhouse.Benchmarks.Suites;

/// <summary>The figures that one issue promises.</summary>
internal interface ISuite
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>What is measured, in the order of measuring. Asked for once per run: rows may share a measurement.</summary>
    IReadOnlyList<Row> CreateRows();
}
