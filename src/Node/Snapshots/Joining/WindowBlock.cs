using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>
/// A block of the replay window, checked against its header and nothing more: once the header is under a certified one, these are the bytes that were decided, and who decided them has
/// looked into them (C-FLOOD: every hash is recomputed). Neither transactions nor receipts are taken apart.
/// </summary>
internal sealed class WindowBlock
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Range _block;
    private readonly Range _certificate;
    private readonly List<Range> _receipts;

    private WindowBlock(ReadOnlyMemory<byte> bytes, Range block, Range certificate, List<Range> receipts, BlockHeader header, CommitCertificate? lastCommit, TransactionId[] transactions)
    {
        (_bytes, _block, _certificate, _receipts) = (bytes, block, certificate, receipts);
        (Header, LastCommit, Transactions) = (header, lastCommit, transactions);
    }

    /// <summary>The header.</summary>
    public BlockHeader Header { get; }

    /// <summary>The certificate of the height below that the header names; null at heights 0 and 1.</summary>
    public CommitCertificate? LastCommit { get; }

    /// <summary>The ids of its transactions, in order.</summary>
    public IReadOnlyList<TransactionId> Transactions { get; }

    /// <summary>Reads the encoding of a CommittedBlockMessage; false unless it is canonical, and transactions, receipts and last commit are what the header names.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out WindowBlock? block)
    {
        block = null;
        var all = bytes.Span;
        var at = 0;
        if (all.Length > CommittedBlock.MaxBytes
            || !WireField.TryTake(all, all.Length, WireField.First, ref at, out var body)
            || !WireField.TryTakeOptional(all, all.Length, WireField.Second, ref at, out var certificate)
            || !TryTakeAll(all, all.Length, WireField.Third, ref at, out var receipts) || at != all.Length)
            return false;

        var (inner, end) = (body.Start.Value, body.End.Value);
        if (!WireField.TryTake(all, end, WireField.First, ref inner, out var head)
            || !TryTakeAll(all, end, WireField.Second, ref inner, out var transactions)
            || !WireField.TryTakeOptional(all, end, WireField.Third, ref inner, out var last) || inner != end
            || transactions.Count != receipts.Count
            || !BlockHeader.TryParse(bytes[head], out var header))
            return false;

        CommitCertificate? lastCommit = null;
        if (!all[last].IsEmpty && !CommitCertificate.TryParse(bytes[last], out lastCommit)) return false;
        if ((lastCommit?.Hash ?? Hash256.Zero) != header.Fields.LastCommitHash || (lastCommit is null) != (header.Height.Value <= 1)) return false;
        if (all[certificate].IsEmpty != (header.Height.Value == 0)) return false;
        if (!TryHash(bytes, transactions, receipts, out var transactionRoot, out var receiptRoot, out var ids)) return false;
        if (transactionRoot != header.Fields.TransactionRoot || receiptRoot != header.Fields.ReceiptRoot) return false;
        block = new WindowBlock(bytes, body, certificate, receipts, header, lastCommit, ids);
        return true;
    }

    /// <summary>The block as it is stored, under the given certificate of its header.</summary>
    public ReadOnlyMemory<byte> Under(CommitCertificate? certificate)
    {
        if (_bytes.Span[_certificate].SequenceEqual(certificate is null ? [] : certificate.Bytes.Span)) return _bytes;
        var message = new CommittedBlockMessage
        {
            Block = UnsafeByteOperations.UnsafeWrap(_bytes[_block]),
            Certificate = certificate is null ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(certificate.Bytes),
        };
        message.Receipts.AddRange(_receipts.Select(r => UnsafeByteOperations.UnsafeWrap(_bytes[r])));
        return message.ToByteArray();
    }

    // A transaction's id is the hash of the payload within it.
    private static bool TryHash(ReadOnlyMemory<byte> bytes, List<Range> transactions, List<Range> receipts, out Hash256 transactionRoot, out Hash256 receiptRoot, out TransactionId[] ids)
    {
        (transactionRoot, receiptRoot, ids) = (default, default, []);
        var payloads = new Range[transactions.Count];
        for (var i = 0; i < payloads.Length; i++)
        {
            var at = transactions[i].Start.Value;
            if (!WireField.TryTake(bytes.Span, transactions[i].End.Value, WireField.First, ref at, out payloads[i])) return false;
        }

        var digests = new Hash256[payloads.Length];
        Sm3Batch.Hash([], payloads, payload => bytes[payload], digests);
        transactionRoot = MerkleTree.Root(MerkleTree.LeafHashes(transactions, transaction => bytes[transaction]));
        receiptRoot = MerkleTree.Root(MerkleTree.LeafHashes(receipts, receipt => bytes[receipt]));
        ids = Array.ConvertAll(digests, static digest => new TransactionId(digest));
        return true;
    }

    private static bool TryTakeAll(ReadOnlySpan<byte> all, int end, byte tag, ref int at, out List<Range> parts)
    {
        parts = [];
        while (WireField.Is(all, end, at, tag))
        {
            if (parts.Count == ProtocolLimits.MaxBlockTransactions || !WireField.TryTake(all, end, tag, ref at, out var part)) return false;
            parts.Add(part);
        }

        return true;
    }
}
