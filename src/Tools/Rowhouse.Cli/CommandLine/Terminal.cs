using Spectre.Console;

namespace Rowhouse.Cli;

/// <summary>Where the command line reads and writes: the process's console, or a test's strings.</summary>
internal sealed class Terminal
{
    // Nobody looks at redirected output through a window: lines are not wrapped for one.
    private const int UnlimitedWidth = 1000;
    private const int RedirectedHelpWidth = 100;

    /// <summary>Reads and writes what is no terminal.</summary>
    public Terminal(TextWriter output, TextWriter error, TextReader input, bool canAsk = false)
        : this(output, error, input, canAsk, isOutputTerminal: false, isErrorTerminal: false)
    {
    }

    private Terminal(TextWriter output, TextWriter error, TextReader input, bool canAsk, bool isOutputTerminal, bool isErrorTerminal)
    {
        Output = output;
        Error = error;
        Input = input;
        IsErrorTerminal = isErrorTerminal;
        CanAsk = canAsk;
        OutputConsole = CreateConsole(output, isOutputTerminal);
        ErrorConsole = CreateConsole(error, isErrorTerminal);
        HelpWidth = isOutputTerminal ? OutputConsole.Profile.Width : RedirectedHelpWidth;
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    public TextReader Input { get; }

    /// <summary>Standard output with markup, tables and, on a terminal, colours.</summary>
    public IAnsiConsole OutputConsole { get; }

    /// <summary>Standard error, where progress is shown: standard output stays clean for a pipe.</summary>
    public IAnsiConsole ErrorConsole { get; }

    public bool IsErrorTerminal { get; }

    /// <summary>Whether somebody is there to answer a question.</summary>
    public bool CanAsk { get; }

    public int HelpWidth { get; }

    /// <summary>Whether log lines on standard error may have colours.</summary>
    public bool HasErrorColors => ErrorConsole.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;

    public static Terminal OfProcess() => new(
        Console.Out,
        Console.Error,
        Console.In,
        canAsk: !Console.IsInputRedirected && !Console.IsErrorRedirected,
        isOutputTerminal: !Console.IsOutputRedirected,
        isErrorTerminal: !Console.IsErrorRedirected);

    /// <summary>Prints one error; further lines of a list are indented below the first.</summary>
    public void WriteError(string message) =>
        Error.WriteLine("rowhouse: " + string.Join(Environment.NewLine + "  ", message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Asks a question that only a plain yes affirms.</summary>
    public bool Confirm(string question)
    {
        Error.Write(question + " [y/N] ");
        return Input.ReadLine()?.Trim() is { } answer
            && (answer.Equals("y", StringComparison.OrdinalIgnoreCase) || answer.Equals("yes", StringComparison.OrdinalIgnoreCase));
    }

    private static IAnsiConsole CreateConsole(TextWriter writer, bool isTerminal)
    {
        var colors = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = UnlimitedWidth;
        }

        return console;
    }
}
