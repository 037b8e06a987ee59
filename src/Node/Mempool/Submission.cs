namespace LicenceChain.Node.Mempool;

/// <summary>A client that waits for what becomes of its transaction.</summary>
internal sealed class Submission(bool waitForCommit)
{
    private readonly TaskCompletionSource<SubmitResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True when the client waits for the receipt, false when it only waits for the mempool.</summary>
    public bool WaitForCommit { get; } = waitForCommit;

    /// <summary>Completes with the answer.</summary>
    public Task<SubmitResult> Result => _result.Task;

    /// <summary>Answers; the first answer counts.</summary>
    public void Complete(SubmitResult result) => _result.TrySetResult(result);
}
