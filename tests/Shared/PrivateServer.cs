using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Rowhouse.Tests;

/// <summary>
/// A real server on a private port and in a private folder, started when a test first asks for it. As an assembly fixture it starts once per run.
/// </summary>
public abstract class PrivateServer : IAsyncDisposable
{
    private readonly Lazy<Task> _started;
    private readonly ConcurrentQueue<string> _output = [];
    private string? _folder;
    private Process? _process;

    protected PrivateServer()
    {
        _started = new Lazy<Task>(StartAsync);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    protected string Folder => _folder ?? throw new InvalidOperationException("Await StartedAsync first.");

    protected string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The server runs and answers. Skips the test if its program is not there.</summary>
    public Task StartedAsync() => _started.Value;

    /// <summary>Ends the server as a power cut does, and waits until it is gone. Its data stay.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
        {
            await SignalAsync("CONT");
            var all = await ProcessesAsync();
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            await Eventually.HoldsAsync(() => all.All(IsGone), $"{GetType().Name} is gone");
        }
    }

    /// <summary>Starts it again on its port and data.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        _process?.Dispose();
        _process = Launch();
        await MustAnswerAsync();
    }

    /// <summary>Stops all its processes in the middle of whatever they do; connections stay open and nobody answers.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    public Task ResumeAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the data folder ready; it exists and is empty.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>The command that runs the server in the foreground.</summary>
    protected abstract IReadOnlyList<string> Command();

    protected abstract Task<bool> AnswersAsync();

    /// <summary>Skips the test if a program is missing.</summary>
    protected static string Need(string program, string package, params IEnumerable<string> folders)
    {
        var path = folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')).Append("/usr/sbin").Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{program} is not here. Install it: apt-get install {package}");
        return path!;
    }

    /// <summary>Runs a command to its end; gives its exit code and what it printed.</summary>
    protected static async Task<(int Code, string Text)> RunAsync(params IReadOnlyList<string> command)
    {
        using var process = Start(command);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, text + await error);
    }

    protected static async Task MustRunAsync(params IReadOnlyList<string> command)
    {
        var (code, text) = await RunAsync(command);
        Assert.True(code == 0, $"{string.Join(' ', command)} ended with {code}: {text}");
    }

    /// <summary>The command as another user, for servers that refuse root.</summary>
    protected static IReadOnlyList<string> As(string user, params IReadOnlyList<string> command) =>
        Environment.UserName == "root" ? ["setpriv", $"--reuid={user}", $"--regid={user}", "--init-groups", .. command] : command;

    // The shell ends the server when its input ends, which is when this process does, however it does.
    private static IReadOnlyList<string> Guarded(IReadOnlyList<string> command) =>
        ["sh", "-c", "\"$@\" </dev/null & server=$!; cat >/dev/null; kill -9 $server", "sh", .. command];

    private static Process Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        return Process.Start(start)!;
    }

    private async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("rowhouse-server-").FullName;
        await PrepareAsync();
        _process = Launch();
        await MustAnswerAsync();
    }

    private async Task MustAnswerAsync()
    {
        try
        {
            await Eventually.HoldsAsync(AnswersAsync, $"{GetType().Name} answers");
        }
        catch (Exception e) when (e is Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{e.Message} It said:\n{string.Join('\n', _output)}");
        }
    }

    private void Keep(string? line)
    {
        _output.Enqueue(line ?? "");
        while (_output.Count > 50)
        {
            _output.TryDequeue(out _);
        }
    }

    private Process Launch()
    {
        var process = Start(Guarded(Command()));
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task SignalAsync(string signal) => await RunAsync(["kill", $"-{signal}", .. await ProcessesAsync()]);

    // Those of the server, without the shell.
    private async Task<IReadOnlyList<string>> ProcessesAsync()
    {
        var server = await ChildrenAsync([_process!.Id.ToString(CultureInfo.InvariantCulture)]);
        return [.. server, .. await ChildrenAsync(server)];
    }

    private static async Task<IReadOnlyList<string>> ChildrenAsync(IReadOnlyList<string> parents)
    {
        var (_, children) = await RunAsync("pgrep", "-P", string.Join(',', parents));
        return children.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // What is left for its parent to be counted (a zombie) is gone too: in a container nobody may ever count it.
    private static bool IsGone(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] == 'Z';
        }
        catch (IOException)
        {
            return true;
        }
    }
}
