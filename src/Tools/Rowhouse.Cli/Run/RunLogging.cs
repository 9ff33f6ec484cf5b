using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Rowhouse.Cli;

/// <summary>
/// Log lines for whoever reads them: one line each on a terminal, journald's form under systemd, JSON elsewhere.
/// They go to standard error; standard output has the start-up summary and what apps print themselves.
/// </summary>
internal static class RunLogging
{
    public static void Configure(ILoggingBuilder logging, Terminal terminal)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // It logs why the server does not start, with its stack, before the command says so in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        if (SystemdHelpers.IsSystemdService())
        {
            logging.AddSystemdConsole();
        }
        else if (terminal.IsErrorTerminal)
        {
            logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.TimestampFormat = "HH:mm:ss ";
                options.ColorBehavior = terminal.HasErrorColors ? LoggerColorBehavior.Enabled : LoggerColorBehavior.Disabled;
            });
        }
        else
        {
            logging.AddJsonConsole(options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
    }
}
