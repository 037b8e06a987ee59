using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.BlockProduction;

/// <summary>The signatures of a block that the mempool had not checked, and the last commit where it is not our own.</summary>
internal sealed class CheckBlockSignatures(
    Block block, IReadOnlyList<(SignedTransaction Transaction, Sm2PublicKey Key)> unverified, CommitCertificate? lastCommit, ChainId chain, ValidatorSet decidedBy) : SignatureWork
{
    /// <inheritdoc/>
    public override bool IsUrgent => true;

    /// <inheritdoc/>
    public override NodeEvent Run(ISignatureChecks signatures)
    {
        if (lastCommit is not null && !signatures.IsCertified(lastCommit, chain, decidedBy)) return new NodeEvent.BlockSignaturesChecked(block, "Its last commit is not certified.");
        foreach (var (transaction, key) in unverified)
            if (!signatures.IsSigned(transaction, key))
                return new NodeEvent.BlockSignaturesChecked(block, $"{TransactionCodes.BadSignature}: transaction {transaction.Id}.");
        return new NodeEvent.BlockSignaturesChecked(block, null);
    }
}
