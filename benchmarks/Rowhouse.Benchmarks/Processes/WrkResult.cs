namespace Rowhouse.Benchmarks.Processes;

/// <summary>What the load generator saw.</summary>
/// <param name="RequestsPerSecond">Answered requests per second.</param>
/// <param name="Requests">Answered requests.</param>
/// <param name="Failed">Socket errors, time-outs and answers other than 2xx and 3xx.</param>
internal sealed record WrkResult(double RequestsPerSecond, long Requests, long Failed);
