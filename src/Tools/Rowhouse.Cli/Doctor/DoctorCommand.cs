using System.CommandLine;
using System.Text.Json;
using Rowhouse.Cli.Config;
using Spectre.Console;

namespace Rowhouse.Cli.Doctor;

/// <summary><c>rowhouse doctor</c>: what goes wrong in production, looked for beforehand.</summary>
internal sealed class DoctorCommand : CliCommand
{
    private readonly Argument<string[]> _names = new("NAME") { Description = "The apps. Default: all.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Option<bool> _strict = new("--strict") { Description = "Warnings count as errors." };
    private readonly Option<string?> _environment = EnvironmentOption.Create();

    public DoctorCommand(Terminal terminal)
        : base("doctor", "Looks for what goes wrong in production, and says how to mend it.", terminal, "rowhouse doctor", "rowhouse doctor shop --strict --json")
    {
        Arguments.Add(_names);
        AddOptions(_strict, _environment, _json);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var root = FindRoot(arguments);
        var server = await new ManagementClient(root).FindVersionAsync(cancellationToken);
        var config = AppOperations.ReadConfig(root, environment: arguments.GetValue(_environment) ?? server?.Environment);
        var context = new DoctorContext
        {
            Config = config,
            Apps = [.. AppNames.GetAll(root, arguments.GetValue(_names) ?? []).Select(name => ExaminedApp.Open(config, name))],
            Server = server,
            Variables = ServerVariables.Read(server),
            Time = TimeProvider.System,
        };
        var findings = await LongWork.WithStepsAsync(Terminal, DoctorChecks.All.Count, (show, step) => ExamineAsync(DoctorChecks.All, context, show, step, cancellationToken));
        if (arguments.GetValue(_json))
        {
            Terminal.Output.WriteLine(JsonSerializer.Serialize(findings, CliJson.Default.IReadOnlyListFinding));
        }
        else
        {
            Print(findings);
        }

        var worst = arguments.GetValue(_strict) ? FindingLevel.Warning : FindingLevel.Error;
        return findings.Any(finding => finding.Level >= worst) ? ExitCode.Failed : ExitCode.Ok;
    }

    internal static async Task<IReadOnlyList<Finding>> ExamineAsync(
        IReadOnlyList<IDoctorCheck> checks, DoctorContext context, Action<string>? show, Action? step, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var check in checks)
        {
            show?.Invoke(check.Name);
            findings.AddRange((await ExamineAsync(check, context, cancellationToken)).Select(finding => finding with { Check = check.Name }));
            step?.Invoke();
        }

        return findings;
    }

    // What one check may not look at must not hide what the others find.
    private static async Task<IReadOnlyList<Finding>> ExamineAsync(IDoctorCheck check, DoctorContext context, CancellationToken cancellationToken)
    {
        try
        {
            return [.. await check.RunAsync(context, cancellationToken)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [Finding.Warning($"it could not be looked at: {e.Message}", "what is wrong there stays unknown", "run the doctor as the user that the server runs as")];
        }
    }

    private void Print(IReadOnlyList<Finding> findings)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        foreach (var isText in (bool[])[false, false, true])
        {
            table.AddColumn(new TableColumn("") { NoWrap = !isText, Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var finding in findings)
        {
            var app = finding.App is null ? "" : $"{finding.App}: ";
            table.AddRow(new Text(NameOf(finding.Level), ColorOf(finding.Level)), new Text(finding.Check), new Text(app + finding.What));
            AddAdvice(table, finding.Why);
            AddAdvice(table, finding.Mend is null ? null : $"→ {finding.Mend}");
        }

        Terminal.OutputConsole.Write(table);
        Terminal.Output.WriteLine();
        Terminal.Output.WriteLine($"{Count(findings, FindingLevel.Error, "error")}, {Count(findings, FindingLevel.Warning, "warning")}. What each check looks at: docs/reference/doctor.md");
    }

    private static void AddAdvice(Table table, string? text)
    {
        if (text is not null)
        {
            table.AddRow(new Text(""), new Text(""), new Text(text, new Style(Color.Grey)));
        }
    }

    private static string Count(IReadOnlyList<Finding> findings, FindingLevel level, string word)
    {
        var count = findings.Count(finding => finding.Level == level);
        return $"{count} {word}{(count == 1 ? "" : "s")}";
    }

    private static string NameOf(FindingLevel level) => level switch
    {
        FindingLevel.Ok => "ok",
        FindingLevel.Warning => "warning",
        _ => "ERROR",
    };

    private static Color ColorOf(FindingLevel level) => level switch
    {
        FindingLevel.Ok => Color.Green,
        FindingLevel.Warning => Color.Yellow,
        _ => Color.Red,
    };
}
