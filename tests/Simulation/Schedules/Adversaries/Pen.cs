using Google.Protobuf;
using LicenceChain.Consensus;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Writes what one liar says, with its own key and no other.</summary>
internal sealed class Pen(int seat, IVoteSigner signer)
{
    public VoteMessage Vote(VoteType type, Height height, uint round, Block? block = null, Claim? claim = null, int? inTheNameOf = null)
    {
        var digest = block?.Header.Digest ?? Hash256.Zero;
        var prepared = claim?.Block.Header.Digest ?? Hash256.Zero;
        var vote = new VoteMessage
        {
            Type = type,
            Height = height.Value,
            Round = round,
            Digest = digest.IsZero ? ByteString.Empty : ByteString.CopyFrom(digest.Span),
            PreparedRoundPlusOne = claim is null ? 0 : claim.Round + 1,
            PreparedDigest = prepared.IsZero ? ByteString.Empty : ByteString.CopyFrom(prepared.Span),
            Validator = (uint)(inTheNameOf ?? seat),
        };
        Span<byte> bytes = stackalloc byte[VoteBytes.MaxSize];
        var length = VoteBytes.Write(bytes, TestKeys.Chain, type, height, new Round(round), digest, vote.PreparedRoundPlusOne, prepared);
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        signer.Sign(bytes[..length], signature);
        vote.Signature = ByteString.CopyFrom(signature);
        return vote;
    }

    public byte[] Prepare(Height height, uint round, Block block) => new ConsensusMessage { Prepare = Vote(VoteType.Prepare, height, round, block) }.ToByteArray();

    public byte[] Commit(Height height, uint round, Block block) => new ConsensusMessage { Commit = Vote(VoteType.Commit, height, round, block) }.ToByteArray();

    public byte[] RoundChange(Height height, uint round, Claim? claim = null)
    {
        var message = new RoundChangeMessage { Vote = Vote(VoteType.RoundChange, height, round, claim: claim) };
        if (claim is not null)
        {
            message.Block = ByteString.CopyFrom(claim.Block.Bytes.Span);
            message.Prepares.AddRange(claim.Prepares);
        }

        return new ConsensusMessage { RoundChange = message }.ToByteArray();
    }

    public byte[] Proposal(Height height, uint round, Block block, IEnumerable<VoteMessage>? roundChanges = null, IEnumerable<VoteMessage>? prepares = null)
    {
        var message = new ProposalMessage { Vote = Vote(VoteType.Proposal, height, round, block), Block = ByteString.CopyFrom(block.Bytes.Span) };
        message.RoundChanges.AddRange(roundChanges ?? []);
        message.Prepares.AddRange(prepares ?? []);
        return new ConsensusMessage { Proposal = message }.ToByteArray();
    }
}
