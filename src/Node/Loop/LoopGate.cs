using LicenceChain.Node.Mempool;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Loop;

/// <summary>
/// Parses a client's transaction on the client's thread and hands it to the loop. While the loop's queue is full, clients wait here with their
/// bytes in hand: beyond <paramref name="maxWaitingBytes"/> of them the next is refused rather than kept.
/// </summary>
internal sealed class LoopGate(LoopQueue queue, long maxWaitingBytes = MempoolLimits.MaxWaitingBytes) : ITransactionGate
{
    private long _waitingBytes;

    /// <inheritdoc/>
    public async Task<SubmitResult> SubmitAsync(ReadOnlyMemory<byte> transaction, bool waitForCommit, CancellationToken cancellationToken)
    {
        // T1 Submit: parsed once, here.
        if (!SignedTransaction.TryParse(transaction, out var parsed, out var refusal)) return SubmitResult.Refused(null, refusal);
        var submission = new Submission(waitForCommit);
        if (await EnqueueAsync(parsed, submission, cancellationToken) is { } notTaken) return SubmitResult.Refused(parsed.Id, notTaken);
        return await submission.Result.WaitAsync(cancellationToken);
    }

    private async ValueTask<Refusal?> EnqueueAsync(SignedTransaction transaction, Submission submission, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Add(ref _waitingBytes, transaction.Bytes.Length) > maxWaitingBytes)
                return new Refusal(TransactionCodes.MempoolFull, "Too many submissions wait to be looked at: submit it again in a while.");
            return await queue.PostAsync(new NodeEvent.TransactionSubmitted(transaction, submission), cancellationToken) ? null : NodeCodes.StoppingRefusal;
        }
        finally
        {
            Interlocked.Add(ref _waitingBytes, -transaction.Bytes.Length);
        }
    }
}
