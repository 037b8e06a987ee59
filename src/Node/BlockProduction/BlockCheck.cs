using LicenceChain.Consensus;
using LicenceChain.Contracts;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Mempool;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.BlockProduction;

/// <summary>
/// C-FRESH, the part that needs the state: every transaction admitted, in its window, not replayed and signed; the last commit certified; every
/// root recomputed. Signatures that this node has not yet checked go to a worker, the rest is done here.
/// </summary>
internal sealed class BlockCheck(ChainState chain, OutcomeCache outcomes, VerifiedSignatures verified, BlockSizing sizing, IVerificationPool workers)
{
    private readonly HashSet<TransactionId> _seen = [];

    /// <summary>C-ALARM: told of a block whose roots are others here, before the verdict.</summary>
    public Action<Block, ExecutedBlock>? Diverged { get; init; }

    /// <summary>Begins the check. Returns the verdict when it is known at once; null while a worker checks signatures (<see cref="Finish"/>).</summary>
    public BlockVerdict? Begin(Block block)
    {
        if (outcomes.TryGet(block.Header.Digest, out _)) return BlockVerdict.Valid;
        if (block.Header.Height != chain.Height.Next) return BlockVerdict.Invalid("It does not stand above the head.");
        if (FirstFault(block, out var signatures) is { } fault) return BlockVerdict.Invalid(fault);
        var certificate = block.LastCommit is { } last && last.Hash != chain.Head.Certificate?.Hash ? last : null;
        if (signatures.Count == 0 && certificate is null) return Execute(block);
        workers.Submit(new CheckBlockSignatures(block, signatures, certificate, chain.Chain, chain.DecidedBy));
        return null;
    }

    /// <summary>Goes on after a worker checked the signatures; null when the head has moved meanwhile.</summary>
    public BlockVerdict? Finish(Block block, string? failure)
    {
        if (block.Header.Height != chain.Height.Next) return null;
        if (failure is not null) return BlockVerdict.Invalid(failure);
        foreach (var transaction in block.Transactions) verified.Add(VerifiedSignatures.DigestOf(transaction.Bytes.Span));
        return outcomes.TryGet(block.Header.Digest, out _) ? BlockVerdict.Valid : Execute(block);
    }

    private string? FirstFault(Block block, out List<(SignedTransaction Transaction, Sm2PublicKey Key)> unverified)
    {
        unverified = [];
        var parameters = chain.Parameters;
        var header = block.Header;
        if (block.Bytes.Length > parameters.MaxBlockBytes || block.Transactions.Count > parameters.MaxBlockTransactions) return "It is larger than the chain allows.";
        if (header.Fields.Parent != chain.Head.Header.Digest || header.Fields.ValidatorsHash != chain.Next.Hash) return "It names another parent or validator set.";
        if (block.LastCommit is { } last && (last.Height != chain.Height || last.Digest != chain.Head.Header.Digest)) return "Its last commit is of another block.";
        _seen.Clear();
        for (var i = 0; i < block.Transactions.Count; i++)
        {
            var transaction = block.Transactions[i];
            var refusal = TransactionAdmission.Check(chain.Signers, chain.Above(header.Time), parameters, transaction, out var key);
            if (refusal is not null) return $"Transaction {i}: {refusal.Code}.";
            if (chain.Replay.Contains(transaction.Id) || !_seen.Add(transaction.Id)) return $"Transaction {i}: {TransactionCodes.Replayed}.";
            if (!verified.Contains(VerifiedSignatures.DigestOf(transaction.Bytes.Span))) unverified.Add((transaction, key!));
        }

        return null;
    }

    private BlockVerdict Execute(Block block)
    {
        var executed = sizing.Measure(block.Transactions.Count, () => chain.Execute(block.Header.Time, block.Transactions));
        if (!BlockBuilder.FitsWhenCommitted(block.Transactions, executed)) return BlockVerdict.Invalid("With its receipts it is larger than a stored block may be.");
        if (!ChainState.RootsMatch(block.Header, executed))
        {
            Diverged?.Invoke(block, executed);
            return BlockVerdict.Diverged(Difference(block.Header, executed));
        }

        outcomes.Add(block.Header.Digest, executed);
        return BlockVerdict.Valid;
    }

    private static string Difference(BlockHeader header, ExecutedBlock executed) =>
        header.Fields.ReceiptRoot != executed.ReceiptRoot ? $"receipt root {executed.ReceiptRoot} here, {header.Fields.ReceiptRoot} in the block"
        : header.Fields.StateRoot != executed.StateRoot ? $"state root {executed.StateRoot} here, {header.Fields.StateRoot} in the block; the receipts are the same"
        : $"next validators {executed.Outcome.NextValidators.Hash} here, {header.Fields.NextValidatorsHash} in the block";
}
