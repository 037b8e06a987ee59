using LicenceChain.Node.Loop;

namespace LicenceChain.Node.Mempool;

/// <summary>The signatures of a batch of admitted transactions.</summary>
internal sealed class VerifyTransactions(IReadOnlyList<IncomingTransaction> batch) : SignatureWork
{
    /// <inheritdoc/>
    public override bool IsUrgent => false;

    /// <inheritdoc/>
    public override NodeEvent Run(ISignatureChecks signatures)
    {
        // T3 Signature.
        var results = new bool[batch.Count];
        for (var i = 0; i < results.Length; i++) results[i] = signatures.IsSigned(batch[i].Transaction, batch[i].Key);
        return new NodeEvent.TransactionsVerified(batch, results);
    }
}
