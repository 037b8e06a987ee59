using Google.Protobuf;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Solo;

/// <summary>Makes any message in any validator's name, right or wrong: it holds all the keys.</summary>
internal sealed class Forge(ValidatorSet set, Height height, ChainId? chain = null)
{
    public VoteMessage Vote(VoteType type, int validator, uint round, Hash256 digest = default, Claim? claim = null)
    {
        var vote = new VoteMessage
        {
            Type = type,
            Height = height.Value,
            Round = round,
            Digest = digest.IsZero ? ByteString.Empty : ByteString.CopyFrom(digest.Span),
            PreparedRoundPlusOne = claim is null ? 0 : claim.Round + 1,
            PreparedDigest = claim is null ? ByteString.Empty : ByteString.CopyFrom(claim.Block.Header.Digest.Span),
            Validator = (uint)validator,
        };
        return Sign(vote);
    }

    /// <summary>Signs whatever the fields now say.</summary>
    public VoteMessage Sign(VoteMessage vote)
    {
        _ = Hash256.TryFrom(vote.Digest.Span, out var digest);
        _ = Hash256.TryFrom(vote.PreparedDigest.Span, out var prepared);
        var bytes = new byte[VoteBytes.MaxSize];
        var length = VoteBytes.Write(bytes, chain ?? TestKeys.Chain, vote.Type, new Height(vote.Height), new Round(vote.Round), digest, vote.PreparedRoundPlusOne, prepared);
        var key = Enumerable.Range(0, TestKeys.Count).First(i => TestKeys.Of(i).PublicKey.Equals(set.Validators[(int)vote.Validator].Key));
        var signature = new byte[Sm2Signature.Size];
        TestKeys.Of(key).Sign(SigningContext.Vote, bytes.AsSpan(0, length), signature);
        vote.Signature = ByteString.CopyFrom(signature);
        return vote;
    }

    public byte[] Prepare(int validator, uint round, Block block) => new ConsensusMessage { Prepare = Vote(VoteType.Prepare, validator, round, block.Header.Digest) }.ToByteArray();

    public byte[] Commit(int validator, uint round, Block block) => new ConsensusMessage { Commit = Vote(VoteType.Commit, validator, round, block.Header.Digest) }.ToByteArray();

    public byte[] RoundChange(int validator, uint round, Claim? claim = null)
    {
        var message = new RoundChangeMessage { Vote = Vote(VoteType.RoundChange, validator, round, claim: claim) };
        if (claim is not null)
        {
            message.Block = ByteString.CopyFrom(claim.Block.Bytes.Span);
            message.Prepares.AddRange(claim.Prepares);
        }

        return new ConsensusMessage { RoundChange = message }.ToByteArray();
    }

    /// <summary>A proposal by the round's proposer with the proofs given.</summary>
    public byte[] Proposal(Block block, uint round, IEnumerable<VoteMessage>? roundChanges = null, IEnumerable<VoteMessage>? prepares = null, int? by = null) =>
        new ConsensusMessage { Proposal = ProposalMessage(block, round, roundChanges, prepares, by) }.ToByteArray();

    public ProposalMessage ProposalMessage(Block block, uint round, IEnumerable<VoteMessage>? roundChanges = null, IEnumerable<VoteMessage>? prepares = null, int? by = null)
    {
        var message = new ProposalMessage
        {
            Vote = Vote(VoteType.Proposal, by ?? set.ProposerIndex(height, new Round(round)), round, block.Header.Digest),
            Block = ByteString.CopyFrom(block.Bytes.Span),
        };
        message.RoundChanges.AddRange(roundChanges ?? []);
        message.Prepares.AddRange(prepares ?? []);
        return message;
    }

    /// <summary>The first Q validators' Prepares of a block, as a claim.</summary>
    public Claim Prepared(Block block, uint round, IEnumerable<int>? by = null) =>
        new(round, block, [.. (by ?? Enumerable.Range(0, set.Quorum)).Select(i => Vote(VoteType.Prepare, i, round, block.Header.Digest))]);

    /// <summary>RoundChange votes of the given validators (the first Q by default), those in <paramref name="claims"/> with their claim.</summary>
    public VoteMessage[] RoundChanges(uint round, IReadOnlyDictionary<int, Claim>? claims = null, IEnumerable<int>? by = null) =>
        [.. (by ?? Enumerable.Range(0, set.Quorum)).Select(i => Vote(VoteType.RoundChange, i, round, claim: claims?.GetValueOrDefault(i)))];

    internal sealed record Claim(uint Round, Block Block, IReadOnlyList<VoteMessage> Prepares);
}
