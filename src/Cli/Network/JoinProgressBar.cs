using LicenceChain.Node.Snapshots.Joining;
using Spectre.Console;

namespace LicenceChain.Cli.Network;

/// <summary>Bytes and rate of a join; on a console that is no terminal, nothing but the work.</summary>
internal static class JoinProgressBar
{
    public static async Task<JoinReport> RunAsync(IAnsiConsole console, Func<IProgress<JoinProgress>, Task<JoinReport>> work)
    {
        if (!console.Profile.Out.IsTerminal) return await work(new Report(static _ => { }));
        return await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new ElapsedTimeColumn())
            .StartAsync(async bar =>
            {
                var looking = bar.AddTask("Looking for a snapshot 寻找快照").IsIndeterminate();
                ProgressTask? fetching = null;
                ProgressTask? building = null;
                return await work(new Report(step =>
                {
                    if (step.Note.Length > 0) console.MarkupLineInterpolated($"Refused 已拒绝: {step.Note}");
                    if (step.Phase is JoinPhase.Looking) return;
                    looking.IsIndeterminate(false).Value = looking.MaxValue;
                    var task = step.Phase is JoinPhase.Fetching
                        ? fetching ??= bar.AddTask($"Fetching snapshot {step.Height} 获取")
                        : building ??= bar.AddTask($"Building and checking {step.Height} 构建并校验");
                    task.MaxValue = step.TotalBytes;
                    task.Value = step.Bytes;
                }));
            });
    }

    // At once and in order, not posted to another thread.
    private sealed class Report(Action<JoinProgress> onStep) : IProgress<JoinProgress>
    {
        private readonly Lock _lock = new();

        void IProgress<JoinProgress>.Report(JoinProgress value)
        {
            lock (_lock) onStep(value);
        }
    }
}
