using Rowhouse.SessionTorture;
using Rowhouse.SessionTorture.Servers;

return args is [NodeApp.Command, ..] ? await NodeApp.RunAsync(args[1..]) : await new TortureCommand().RunAsync(args);
