using Spectre.Console;

namespace Rowhouse.Cli;

/// <summary>Shows on a terminal how far long work has come; elsewhere the work runs without a word.</summary>
internal static class LongWork
{
    /// <summary>A bar for work that knows its share done, from 0 to 1.</summary>
    public static async Task<T> WithBarAsync<T>(Terminal terminal, string title, Func<IProgress<double>?, Task<T>> work)
    {
        if (!terminal.IsErrorTerminal)
        {
            return await work(null);
        }

        return await terminal.ErrorConsole.Progress()
            .AutoClear(true)
            .StartAsync(context => work(new Report<double>(context.AddTask(Markup.Escape(title), maxValue: 1), (task, share) => task.Value = share)));
    }

    /// <summary>A bar over several pieces of work, with a word on what the current one does.</summary>
    public static async Task<T> WithStepsAsync<T>(Terminal terminal, int steps, Func<Action<string>?, Action?, Task<T>> work)
    {
        if (!terminal.IsErrorTerminal)
        {
            return await work(null, null);
        }

        return await terminal.ErrorConsole.Progress()
            .AutoClear(true)
            .StartAsync(context =>
            {
                var task = context.AddTask("…", maxValue: steps);
                return work(text => task.Description = Markup.Escape(text), () => task.Increment(1));
            });
    }

    /// <summary>A bar without an end for work whose amount nobody knows, with a word on how far it is.</summary>
    public static async Task<T> WithWordsAsync<T>(Terminal terminal, string title, Func<IProgress<string>?, Task<T>> work)
    {
        if (!terminal.IsErrorTerminal)
        {
            return await work(null);
        }

        return await terminal.ErrorConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask(Markup.Escape(title)).IsIndeterminate();
                return work(new Report<string>(task, (shown, text) => shown.Description = Markup.Escape(text)));
            });
    }

    // Not Progress<T>: that one reports through the thread pool, later and out of order.
    private sealed class Report<TValue> : IProgress<TValue>
    {
        private readonly ProgressTask _task;
        private readonly Action<ProgressTask, TValue> _show;

        public Report(ProgressTask task, Action<ProgressTask, TValue> show)
        {
            _task = task;
            _show = show;
        }

        void IProgress<TValue>.Report(TValue value) => _show(_task, value);
    }
}
