using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Protocol.Blocks;

/// <summary>A decided block as it is stored and served: block, certificate, receipts. The genesis block has no certificate.</summary>
public sealed class CommittedBlock
{
    /// <summary>Largest encoding in bytes: the largest block, its receipts and its certificate.</summary>
    public const int MaxBytes = ProtocolLimits.MaxMessageBytes * 2;

    private CommittedBlock(Block block, CommitCertificate? certificate, IReadOnlyList<Receipt> receipts, ReadOnlyMemory<byte> bytes)
    {
        Block = block;
        Certificate = certificate;
        Receipts = receipts;
        Bytes = bytes;
    }

    /// <summary>The block.</summary>
    public Block Block { get; }

    /// <summary>Why it is decided; null only at height 0.</summary>
    public CommitCertificate? Certificate { get; }

    /// <summary>One for each transaction, in order.</summary>
    public IReadOnlyList<Receipt> Receipts { get; }

    /// <summary>The exact encoding of CommittedBlockMessage.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Puts together what was decided and executed here.</summary>
    public static CommittedBlock Of(Block block, CommitCertificate? certificate, IReadOnlyList<Receipt> receipts)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(receipts);
        var message = new CommittedBlockMessage
        {
            Block = UnsafeByteOperations.UnsafeWrap(block.Bytes),
            Certificate = certificate is null ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(certificate.Bytes),
        };
        message.Receipts.AddRange(receipts.Select(r => UnsafeByteOperations.UnsafeWrap(r.Bytes)));
        return new CommittedBlock(block, certificate, receipts, message.ToByteArray());
    }

    /// <summary>
    /// Parses what a peer or a disk gave; false unless canonical, with a certificate for exactly this header (none at height 0) and receipts under its
    /// receipt root. Signatures are not yet verified.
    /// </summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out CommittedBlock? committed)
    {
        committed = null;
        if (!CanonicalProto.TryParse(CommittedBlockMessage.Parser, bytes.Span, MaxBytes, out var message)
            || !Block.TryParse(message.Block.Memory, out var block)
            || message.Receipts.Count != block.Transactions.Count)
            return false;

        CommitCertificate? certificate = null;
        if (!message.Certificate.IsEmpty && !CommitCertificate.TryParse(message.Certificate.Memory, out certificate)) return false;
        if (certificate is null != (block.Header.Height.Value == 0)) return false;
        if (certificate is not null && (certificate.Digest != block.Header.Digest || certificate.Height != block.Header.Height)) return false;

        var receipts = new Receipt[message.Receipts.Count];
        for (var i = 0; i < receipts.Length; i++)
            if (!Receipt.TryParse(message.Receipts[i].Memory, out receipts[i]!) || receipts[i].Transaction != block.Transactions[i].Id)
                return false;
        if (Block.ReceiptRoot(receipts) != block.Header.Fields.ReceiptRoot) return false;
        committed = new CommittedBlock(block, certificate, receipts, bytes);
        return true;
    }
}
