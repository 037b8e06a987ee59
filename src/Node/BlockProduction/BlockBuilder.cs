using LicenceChain.Consensus;
using LicenceChain.Contracts;
using LicenceChain.Node.Mempool;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.BlockProduction;

/// <summary>Builds a block above the head from the mempool, executing it speculatively for its roots.</summary>
internal sealed class BlockBuilder(ChainState chain, TransactionPool pool, OutcomeCache outcomes, BlockSizing sizing, IVoteSigner signer)
{
    // Header, last certificate and the framing of the lists, kept free of the chain's bound on block bytes.
    private const int ReservedBytes = BlockHeader.MaxBytes + CommitCertificate.MaxBytes + 1024;

    // Tag and length before each transaction.
    private const int FramingBytes = 5;

    /// <summary>
    /// Builds the block; transactions that may no longer stand in one are taken out of the mempool and given to <paramref name="onRefused"/>.
    /// </summary>
    public Block Build(UnixTime now, Action<PendingTransaction, Refusal> onRefused)
    {
        // T6 Proposal.
        var head = chain.Head.Header;
        var time = now > head.Time ? now : head.Time.Plus(1);
        var transactions = Choose(time, onRefused);
        while (true)
        {
            var executed = sizing.Measure(transactions.Count, () => chain.Execute(time, transactions));
            if (!FitsWhenCommitted(transactions, executed))
            {
                transactions = transactions[..(transactions.Count / 2)]; // receipts outgrew the largest record: half as many surely take half
                continue;
            }

            var block = Block.Of(Header(time, transactions, executed), transactions, chain.Head.Certificate);
            outcomes.Add(block.Header.Digest, executed);
            return block;
        }
    }

    /// <summary>Whether block and receipts together fit the record that is stored and sent to those who lag. Part of the block check too.</summary>
    public static bool FitsWhenCommitted(IReadOnlyList<SignedTransaction> transactions, ExecutedBlock executed)
    {
        long total = ReservedBytes + CommitCertificate.MaxBytes;
        for (var i = 0; i < transactions.Count; i++) total += transactions[i].Bytes.Length + executed.Outcome.Receipts[i].Bytes.Length + (2 * FramingBytes);
        return total <= CommittedBlock.MaxBytes;
    }

    private List<SignedTransaction> Choose(UnixTime time, Action<PendingTransaction, Refusal> onRefused)
    {
        var parameters = chain.Parameters;
        var selected = pool.Select(int.Min(parameters.MaxBlockTransactions, sizing.Limit), parameters.MaxBlockBytes - ReservedBytes);
        var transactions = new List<SignedTransaction>(selected.Count);
        var room = parameters.MaxBlockBytes - ReservedBytes;
        var refused = new List<(PendingTransaction, Refusal)>();
        foreach (var pending in selected)
        {
            var transaction = pending.Transaction;
            var refusal = TransactionAdmission.Check(chain.Signers, chain.Above(time), parameters, transaction, out _);
            if (refusal is not null)
            {
                refused.Add((pending, refusal));
                continue;
            }

            room -= transaction.Bytes.Length + FramingBytes;
            if (room < 0) break;
            transactions.Add(transaction);
        }

        foreach (var (pending, refusal) in refused)
        {
            pool.Remove(pending.Transaction.Id, out _);
            onRefused(pending, refusal);
        }

        return transactions;
    }

    private BlockHeader Header(UnixTime time, List<SignedTransaction> transactions, ExecutedBlock executed)
    {
        var head = chain.Head;
        return BlockHeader.Of(new HeaderFields(
            chain.Chain,
            chain.Height.Next,
            head.Header.Digest,
            time,
            signer.Key.Value,
            Block.TransactionRoot(transactions),
            executed.StateRoot,
            executed.ReceiptRoot,
            chain.Next.Hash,
            executed.Outcome.NextValidators.Hash,
            head.Certificate?.Hash ?? Hash256.Zero));
    }
}
