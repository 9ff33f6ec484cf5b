using Rowhouse.Benchmarks.Hosting;
using Rowhouse.Benchmarks.Reporting;
using Rowhouse.Benchmarks.Suites;

// A later suite is one more class and one more word in this list.
ISuite[] suites = [new HostingSuite()];
return await new BenchmarkCommand(suites).RunAsync(args);
