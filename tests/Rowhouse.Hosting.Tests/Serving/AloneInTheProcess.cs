namespace Rowhouse.Hosting.Tests.Serving;

/// <summary>Tests that count what the whole process has open: they run when no other test does.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class AloneInTheProcess;
