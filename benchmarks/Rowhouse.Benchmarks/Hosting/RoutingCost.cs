namespace Rowhouse.Benchmarks.Hosting;

/// <summary>What the way through the router costs more than calling the app itself.</summary>
internal sealed record RoutingCost(double Microseconds, double Bytes, string Detail);
