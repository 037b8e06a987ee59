namespace LicenceChain.Cli;

/// <summary>What services do in between.</summary>
internal static class Serving
{
    /// <summary>Returns when Ctrl-C or SIGTERM asks to stop.</summary>
    public static async Task UntilCancelledAsync(CancellationToken cancel)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancel.Register(stopped.SetResult);
        await stopped.Task;
    }
}
