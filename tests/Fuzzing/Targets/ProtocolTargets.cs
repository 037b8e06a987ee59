using Google.Protobuf;
using LicenceChain.Fuzzing.Engine;
using LicenceChain.Fuzzing.Network;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;
using LicenceChain.Protocol.Transactions;
using static LicenceChain.Fuzzing.Targets.Refusing;

namespace LicenceChain.Fuzzing.Targets;

/// <summary>What is on chain and in proofs.</summary>
internal static class ProtocolTargets
{
    public static IEnumerable<FuzzTarget> All(SampleChain chain)
    {
        var blocks = chain.Blocks.OrderByDescending(block => block.Bytes.Length).Take(12).ToList();
        var bundle = VerificationBundle.Parser.ParseFrom(File.ReadAllBytes(chain.Bundle));
        var transactions = chain.Blocks.SelectMany(block => block.Block.Transactions).DistinctBy(one => (one.Contract, one.Method)).ToList();
        yield return new("committed-block", InputKind.Proto, [.. blocks.Select(one => one.Bytes.ToArray())], bytes =>
        {
            if (!CommittedBlock.TryParse(bytes, out var block)) return false;
            return block.Certificate is { } certificate
                ? Same(CommittedBlock.Of(block.Block, certificate, block.Receipts).Bytes.Span, bytes, "A committed block")
                : true;
        }, "Protocol.Blocks.CommittedBlock.TryParse") { Shape = CommittedBlockMessage.Descriptor, BytesPerByte = 300 };
        yield return new("block", InputKind.Proto, [.. blocks.Select(one => one.Block.Bytes.ToArray())], bytes =>
            Block.TryParse(bytes, out var block) && Same(Block.Of(block.Header, block.Transactions, block.LastCommit).Bytes.Span, bytes, "A block"), "Protocol.Blocks.Block.TryParse") { Shape = BlockMessage.Descriptor, BytesPerByte = 300 };
        yield return new("block-header", InputKind.Proto, [.. blocks.Select(one => one.Block.Header.Bytes.ToArray())], bytes =>
            BlockHeader.TryParse(bytes, out var header) && Same(BlockHeader.Of(header.Fields).Bytes.Span, bytes, "A header"),
            "Protocol.Blocks.BlockHeader.TryParse", "Protocol.Blocks.HeaderFields.TryFrom") { Shape = BlockHeaderMessage.Descriptor };
        yield return new("commit-certificate", InputKind.Proto, [.. blocks.Where(one => one.Certificate is not null).Select(one => one.Certificate!.Bytes.ToArray())], bytes =>
            CommitCertificate.TryParse(bytes, out var certificate) && Same(certificate.Bytes.Span, bytes, "A certificate") && Any(certificate.Verify(chain.Directory.Chain, chain.Directory.Anchor.Validators)),
            "Protocol.Blocks.CommitCertificate.TryParse") { Shape = CommitCertificateMessage.Descriptor };
        yield return new("transaction", InputKind.Proto, [.. transactions.Select(one => one.Bytes.ToArray())], bytes =>
            SignedTransaction.TryParse(bytes, out var transaction, out _) && Any(transaction.VerifySignature(chain.Directory.Anchor.Validators.Validators[0].Key)),
            "Protocol.Transactions.SignedTransaction.TryParse", "Protocol.Encoding.CanonicalProto.TryParse") { Shape = TransactionMessage.Descriptor };
        yield return new("receipt", InputKind.Proto, [.. blocks.SelectMany(one => one.Receipts).Take(20).Select(one => one.Bytes.ToArray())], bytes =>
            Receipt.TryParse(bytes, out var receipt) && Same(receipt.Bytes.Span, bytes, "A receipt"), "Protocol.Transactions.Receipt.TryParse") { Shape = ReceiptMessage.Descriptor };
        yield return Message("validator-set", ValidatorSetMessage.Parser, [chain.Directory.Anchor.Validators.ToMessage()], message =>
            ValidatorSet.TryFrom(message, out var set) && Same(set.ToMessage().ToByteArray(), Known(message), "A validator set"), "Protocol.Blocks.ValidatorSet.TryFrom");
        yield return Message("vote-content", VoteMessage.Parser, Votes(chain), message => VoteContent.TryRead(message, out _), "Protocol.Blocks.VoteContent.TryRead");
        yield return new("licence-proof", InputKind.Proto, [bundle.Proof.ToByteArray()], bytes =>
            LicenceProof.TryParse(bytes, out var proof) && Any(proof.Verify(chain.Directory.Anchor) is not null) && Any(proof.VerifyPaths() is not null),
            "Protocol.Proofs.LicenceProof.TryParse", "Protocol.Proofs.LicenceProof.TryFrom", "Protocol.Merkle.SparseProof.TryFrom") { Shape = LicenceProofMessage.Descriptor, BytesPerByte = 300, FixedBytes = 2 << 20 };
        yield return Message("state-proof", StateProofMessage.Parser, bundle.Proof.States, message =>
            Protocol.Merkle.SparseProof.TryFrom(message, out var proof) && Same(proof.ToMessage(message.Key.Span, message.Value.Span).ToByteArray(), Known(message), "A state proof"), "Protocol.Merkle.SparseProof.TryFrom");
        yield return Message("trust-anchor", TrustAnchorMessage.Parser, [chain.Directory.Anchor.ToMessage()], message =>
            TrustAnchor.TryFrom(message, out var anchor) && Same(anchor.ToMessage().ToByteArray(), Known(message), "An anchor"), "Protocol.Proofs.TrustAnchor.TryFrom");
        yield return Message("standing", StandingMessage.Parser, [], message =>
            NodeStanding.TryFrom(message, out var standing) && Same(standing.ToMessage().ToByteArray(), Known(message), "A standing"), "Protocol.Standings.NodeStanding.TryFrom");
        yield return Message("signed-standing", SignedStandingMessage.Parser, [], message =>
            SignedStanding.TryFrom(message, out var standing) && Same(standing.ToMessage().ToByteArray(), Known(message), "A signed standing") && Any(standing.Verify()), "Protocol.Standings.SignedStanding.TryFrom");
    }

    /// <summary>Either answer will do.</summary>
    public static bool Any(bool answer) => answer || true;

    private static IEnumerable<VoteMessage> Votes(SampleChain chain)
    {
        foreach (var record in chain.Votes)
        {
            var message = ConsensusMessage.Parser.ParseFrom(record.Message);
            yield return message.Proposal?.Vote ?? message.RoundChange?.Vote ?? message.Prepare ?? message.Commit;
        }
    }
}
