using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Rowhouse.Tests;

/// <summary>The command line as a process of its own.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Reading _output;
    private readonly Reading _error;

    private ChildProcess(Process process)
    {
        _process = process;
        _output = new Reading(process.StandardOutput);
        _error = new Reading(process.StandardError);
    }

    public string Output => _output.Text;

    public string Error => _error.Text;

    /// <summary>The command line's assembly, which <c>dotnet</c> runs.</summary>
    public static string CommandLine { get; } = Path.Combine(AppContext.BaseDirectory, "rowhouse.dll");

    public static ChildProcess Start(params string[] args) => StartCommand(["dotnet", CommandLine, .. args]);

    /// <summary>Starts any command, with these variables in addition to this process' own.</summary>
    public static ChildProcess StartCommand(IReadOnlyList<string> command, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!);
    }

    public Task WaitForOutputAsync(string text) => _output.WaitForAsync(text, Patience);

    public Task WaitForErrorAsync(string text) => _error.WaitForAsync(text, Patience);

    /// <summary>Sends <c>TERM</c> or <c>HUP</c>; <c>INT</c> only to a command started by <c>env --default-signal</c>, since a shell makes its background processes ignore it.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Task.WhenAll(_output.Ended, _error.Ended);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private sealed class Reading
    {
        private readonly StringBuilder _text = new();
        private readonly Lock _lock = new();
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Reading(StreamReader reader)
        {
            Ended = ReadAsync(reader);
        }

        public Task Ended { get; }

        public string Text
        {
            get
            {
                lock (_lock)
                {
                    return _text.ToString();
                }
            }
        }

        public async Task WaitForAsync(string text, TimeSpan patience)
        {
            while (true)
            {
                Task changed;
                lock (_lock)
                {
                    changed = _changed.Task;
                }

                if (Text.Contains(text, StringComparison.Ordinal))
                {
                    return;
                }

                Assert.False(Ended.IsCompleted, $"It ended without '{text}'. It wrote:\n{Text}");
                await Task.WhenAny(changed, Ended).WaitAsync(patience, TestContext.Current.CancellationToken);
            }
        }

        private async Task ReadAsync(StreamReader reader)
        {
            var buffer = new char[4096];
            int count;
            while ((count = await reader.ReadAsync(buffer)) > 0)
            {
                lock (_lock)
                {
                    _text.Append(buffer, 0, count);
                    _changed.SetResult();
                    _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }
    }
}
