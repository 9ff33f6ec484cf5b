using Rowhouse.Benchmarks.Configuration;
using Rowhouse.Benchmarks.Hosting;
using Rowhouse.Benchmarks.Reporting;
using Rowhouse.Benchmarks.Sessions;
using Rowhouse.Benchmarks.Sessions.Races;
using Rowhouse.Benchmarks.Sessions.Requests;
using Rowhouse.Benchmarks.Suites;

// A later suite is one more class and one more word in this list.
ISuite[] suites = [new HostingSuite(), new ConfigurationSuite(), new SessionsSuite()];

// The parts of measurements that want a process of their own.
var probes = new Dictionary<string, Func<string[], Task<int>>>(StringComparer.Ordinal)
{
    [ReloadProbe.Command] = ReloadProbe.RunAsync,
    [KeysProbe.Command] = _ => KeysProbe.RunAsync(),
    [LockProbe.Command] = _ => LockProbe.RunAsync(),
    [RedisApp.Command] = RedisApp.RunAsync,
    [RaceProbe.Command] = _ => RaceProbe.RunAsync(),
    [SessionApp.Command] = SessionApp.RunAsync,
};
return args is [var command, ..] && probes.TryGetValue(command, out var probe)
    ? await probe(args[1..])
    : await new BenchmarkCommand(suites).RunAsync(args);
