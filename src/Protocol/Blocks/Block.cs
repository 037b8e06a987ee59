using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Protocol.Blocks;

/// <summary>A header, its transactions and the certificate of the height below, with the exact bytes. Roots were recomputed when it was parsed.</summary>
public sealed class Block
{
    private Block(BlockHeader header, IReadOnlyList<SignedTransaction> transactions, CommitCertificate? lastCommit, ReadOnlyMemory<byte> bytes)
    {
        Header = header;
        Transactions = transactions;
        LastCommit = lastCommit;
        Bytes = bytes;
    }

    /// <summary>The header.</summary>
    public BlockHeader Header { get; }

    /// <summary>In order of execution; signatures not yet verified.</summary>
    public IReadOnlyList<SignedTransaction> Transactions { get; }

    /// <summary>C-CERT: the canonical certificate of the height below; null at heights 0 and 1. Signatures not yet verified.</summary>
    public CommitCertificate? LastCommit { get; }

    /// <summary>The exact encoding.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Root over the transactions' exact bytes.</summary>
    public static Hash256 TransactionRoot(IReadOnlyList<SignedTransaction> transactions) =>
        MerkleTree.Root(MerkleTree.LeafHashes(transactions, static t => t.Bytes));

    /// <summary>Root over the receipts' exact bytes.</summary>
    public static Hash256 ReceiptRoot(IReadOnlyList<Receipt> receipts) =>
        MerkleTree.Root(MerkleTree.LeafHashes(receipts, static r => r.Bytes));

    /// <summary>A block of our own.</summary>
    public static Block Of(BlockHeader header, IReadOnlyList<SignedTransaction> transactions, CommitCertificate? lastCommit)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(transactions);
        var message = new BlockMessage
        {
            Header = UnsafeByteOperations.UnsafeWrap(header.Bytes),
            LastCommit = lastCommit is null ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(lastCommit.Bytes),
        };
        message.Transactions.AddRange(transactions.Select(t => UnsafeByteOperations.UnsafeWrap(t.Bytes)));
        return new Block(header, transactions, lastCommit, message.ToByteArray());
    }

    /// <summary>
    /// Parses a block that somebody sent; false unless it is canonical, within bounds, every transaction is well formed, and
    /// the transaction root and last commit hash of the header are those of the body (C-FLOOD: recompute every hash).
    /// </summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Block? block)
    {
        block = null;
        if (!CanonicalProto.TryParse(BlockMessage.Parser, bytes.Span, ProtocolLimits.MaxBlockBytes, out var message)
            || message.Transactions.Count > ProtocolLimits.MaxBlockTransactions
            || !BlockHeader.TryParse(message.Header.Memory, out var header))
            return false;

        CommitCertificate? lastCommit = null;
        if (!message.LastCommit.IsEmpty && !CommitCertificate.TryParse(message.LastCommit.Memory, out lastCommit)) return false;
        if ((lastCommit?.Hash ?? Hash256.Zero) != header.Fields.LastCommitHash || (lastCommit is null) != (header.Height.Value <= 1)) return false;

        var transactions = new SignedTransaction[message.Transactions.Count];
        for (var i = 0; i < transactions.Length; i++)
            if (!SignedTransaction.TryParse(message.Transactions[i].Memory, out transactions[i]!, out _))
                return false;
        if (TransactionRoot(transactions) != header.Fields.TransactionRoot) return false;
        block = new Block(header, transactions, lastCommit, bytes);
        return true;
    }
}
