using LicenceChain.Node.Mempool;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Loop;

/// <summary>Parses a client's transaction on the client's thread and hands it to the loop.</summary>
internal sealed class LoopGate(LoopQueue queue) : ITransactionGate
{
    /// <inheritdoc/>
    public async Task<SubmitResult> SubmitAsync(ReadOnlyMemory<byte> transaction, bool waitForCommit, CancellationToken cancellationToken)
    {
        // T1 Submit: parsed once, here.
        if (!SignedTransaction.TryParse(transaction, out var parsed, out var refusal)) return SubmitResult.Refused(null, refusal);
        var submission = new Submission(waitForCommit);
        if (!await queue.PostAsync(new NodeEvent.TransactionSubmitted(parsed, submission), cancellationToken)) return SubmitResult.Refused(parsed.Id, NodeCodes.StoppingRefusal);
        return await submission.Result.WaitAsync(cancellationToken);
    }
}
