using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Rowhouse.Hosting.Serving;

namespace Rowhouse.Hosting.Isolation;

/// <summary>
/// Takes what a child writes to its parent's log: its own log messages, which it writes as a line of JSON each, with their level and
/// category; everything else as it is.
/// </summary>
internal sealed class ChildOutput
{
    // An app can write without ever ending its line.
    private const int MaxLine = 32 * 1024;

    // How the runtime begins to tell why it ends the process.
    private static readonly string[] LastWords = ["Stack overflow.", Terminated, "Unhandled exception.", "Fatal error.", "Out of memory."];
    private const string Terminated = "Process terminated.";

    private readonly AppHost _host;
    private readonly string _app;
    private volatile string? _fatal;

    public ChildOutput(AppHost host, string app)
    {
        _host = host;
        _app = app;
    }

    /// <summary>What the runtime said when it ended the process; null if it has not.</summary>
    public string? Fatal => _fatal;

    public async Task ReadAsync(TextReader reader)
    {
        var line = new char[MaxLine];
        var length = 0;
        var buffer = new char[4096];
        int count;
        while ((count = await ReadBlockAsync(reader, buffer).ConfigureAwait(false)) > 0)
        {
            for (var i = 0; i < count; i++)
            {
                if (buffer[i] == '\n')
                {
                    Take(line.AsSpan(0, length));
                    length = 0;
                }
                else if (length < MaxLine)
                {
                    line[length++] = buffer[i];
                }
            }
        }

        Take(line.AsSpan(0, length));
    }

    private static async Task<int> ReadBlockAsync(TextReader reader, char[] buffer)
    {
        try
        {
            return await reader.ReadAsync(buffer.AsMemory()).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return 0; // the process has gone
        }
    }

    private void Take(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd();
        if (line.Length == 0)
        {
            return;
        }

        var text = line.ToString();
        if (text[0] == '{' && TryLog(text))
        {
            return;
        }

        if (_fatal is null && LastWords.Any(words => text.StartsWith(words, StringComparison.Ordinal)))
        {
            _fatal = text;
        }
        else if (_fatal == Terminated && !char.IsWhiteSpace(text[0]))
        {
            _fatal = text; // the message of FailFast
        }

        Log.ChildOutput(_host.Logger, _app, text);
    }

    private bool TryLog(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var entry = json.RootElement;
            if (!Enum.TryParse<LogLevel>(TextOf(entry, "LogLevel"), out var level) || TextOf(entry, "Category") is not { } category)
            {
                return false;
            }

            var number = entry.TryGetProperty("EventId", out var id) && id.TryGetInt32(out var value) ? value : 0;
            var message = TextOf(entry, "Exception") is { } exception
                ? string.Create(CultureInfo.InvariantCulture, $"{TextOf(entry, "Message")}\n{exception}")
                : TextOf(entry, "Message") ?? "";
            _host.Log.CreateLogger(category).Log(level, new EventId(number), message, null, static (state, _) => state);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false; // an app's own line that only looks like ours
        }
    }

    private static string? TextOf(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
