namespace LicenceChain.Cli;

/// <summary>What services do in between.</summary>
internal static class Serving
{
    /// <summary>Returns when Ctrl-C or SIGTERM asks to stop; throws what <paramref name="completion"/> failed with, should the services stop by themselves.</summary>
    public static async Task RunAsync(Task completion, CancellationToken cancel)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancel.Register(() => stopped.TrySetResult());
        await await Task.WhenAny(stopped.Task, completion);
    }
}
