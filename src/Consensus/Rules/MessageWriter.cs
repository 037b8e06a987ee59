using Google.Protobuf;
using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Rules;

/// <summary>Puts own votes into messages, with the proofs that go with them.</summary>
internal static class MessageWriter
{
    public static VerifiedMessage Proposal(VerifiedVote vote, Hash256 set, Block block, IReadOnlyList<VerifiedVote> roundChanges, IReadOnlyList<VerifiedVote> prepares)
    {
        var message = new ProposalMessage { Vote = vote.Message, Block = UnsafeByteOperations.UnsafeWrap(block.Bytes) };
        message.RoundChanges.AddRange(roundChanges.Select(v => v.Message));
        message.Prepares.AddRange(prepares.Select(v => v.Message));
        return new VerifiedMessage(vote, set, new ConsensusMessage { Proposal = message }.ToByteArray(), block, roundChanges, prepares);
    }

    public static VerifiedMessage Prepare(VerifiedVote vote, Hash256 set) =>
        new(vote, set, new ConsensusMessage { Prepare = vote.Message }.ToByteArray());

    public static VerifiedMessage Commit(VerifiedVote vote, Hash256 set) =>
        new(vote, set, new ConsensusMessage { Commit = vote.Message }.ToByteArray());

    public static VerifiedMessage RoundChange(VerifiedVote vote, Hash256 set, PreparedCertificate? claim)
    {
        var message = new RoundChangeMessage { Vote = vote.Message };
        if (claim is not null)
        {
            message.Block = UnsafeByteOperations.UnsafeWrap(claim.Block.Bytes);
            message.Prepares.AddRange(claim.Prepares.Select(v => v.Message));
        }

        return new VerifiedMessage(vote, set, new ConsensusMessage { RoundChange = message }.ToByteArray(), claim?.Block, prepares: claim?.Prepares);
    }

    /// <summary>C-WAL: a Commit is logged with the prepared block and its certificate; a RoundChange carries them already.</summary>
    public static WalRecordMessage LogRecord(VerifiedMessage own, PreparedCertificate? prepared)
    {
        var record = new WalRecordMessage { Message = UnsafeByteOperations.UnsafeWrap(own.Bytes) };
        if (own.Type != VoteType.Commit || prepared is null) return record;
        record.PreparedBlock = UnsafeByteOperations.UnsafeWrap(prepared.Block.Bytes);
        record.PreparedCertificate.AddRange(prepared.Prepares.Select(v => v.Message));
        return record;
    }
}
