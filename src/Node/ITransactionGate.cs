namespace LicenceChain.Node;

/// <summary>Where transactions come in.</summary>
public interface ITransactionGate
{
    /// <summary>
    /// Submits the exact encoding of a TransactionMessage. A refusal is told at once. Otherwise completes when the transaction was taken into the mempool
    /// or, with <paramref name="waitForCommit"/>, when its block is flushed to disk: a receipt once given is never lost. The bytes are kept, not
    /// copied: the caller no longer writes to them. Cancelling stops the waiting, not the transaction.
    /// </summary>
    Task<SubmitResult> SubmitAsync(ReadOnlyMemory<byte> transaction, bool waitForCommit, CancellationToken cancellationToken);
}
