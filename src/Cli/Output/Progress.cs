using Spectre.Console;

namespace LicenceChain.Cli.Output;

/// <summary>A progress bar over a known number of things; on a console that is no terminal, nothing but the work.</summary>
internal static class Progress
{
    public static async Task<T> RunAsync<T>(IAnsiConsole console, string title, int count, Func<Action, Task<T>> work)
    {
        if (count == 0 || !console.Profile.Out.IsTerminal) return await work(() => { });
        return await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(title, maxValue: count);
                return await work(() => task.Increment(1));
            });
    }
}
