using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Messages;

/// <summary>The verification of one message: gives the verified message, or the reason against it.</summary>
internal sealed class MessageVerification(ReadOnlyMemory<byte> bytes, ChainId chain, Height height, ValidatorSet set, IVoteSignatures signatures)
{
    private const string BadVote = "vote";
    private const string BadBlock = "block";
    private const string BadProposer = "proposer";
    private const string BadJustification = "justification";

    private readonly VoteReader _reader = new(chain, height, set, signatures);

    public (VerifiedMessage? Message, string? Reason) Vote(VoteMessage message, VoteType type) =>
        _reader.TryRead(message, type, out var vote) ? (new VerifiedMessage(vote, set.Hash, bytes), null) : (null, BadVote);

    /// <summary>C-PROPOSER, C-JUSTIFIED but for FRESH, which needs the head and the clock.</summary>
    public (VerifiedMessage? Message, string? Reason) Proposal(ProposalMessage message)
    {
        // 1. The proposer of the round signed it.
        if (!_reader.TryRead(message.Vote, VoteType.Proposal, out var vote)) return (null, BadVote);
        if (vote.Validator != set.ProposerIndex(height, vote.Round)) return (null, BadProposer);

        // 2. Its block is the one that the vote names.
        if (!TryReadBlock(message.Block, vote.Digest, out var block)) return (null, BadBlock);

        // 3. Round 0 needs no proof and may carry none.
        if (vote.Round.Value == 0)
        {
            return message.RoundChanges.Count + message.Prepares.Count == 0
                ? (new VerifiedMessage(vote, set.Hash, bytes, block), null)
                : (null, BadJustification);
        }

        // 4. Q RoundChanges of this round; when one claims a prepared block, the claim of the highest round is this block's and is proven.
        if (!_reader.TryReadQuorum(message.RoundChanges, VoteType.RoundChange, vote.Round, null, out var roundChanges)) return (null, BadJustification);
        if (!TryFindClaim(roundChanges, vote.Digest, out var prepared)) return (null, BadJustification);
        IReadOnlyList<VerifiedVote>? prepares = [];
        var proven = prepared is { } claimed
            ? _reader.TryReadQuorum(message.Prepares, VoteType.Prepare, claimed, vote.Digest, out prepares)
            : message.Prepares.Count == 0;
        return proven ? (new VerifiedMessage(vote, set.Hash, bytes, block, roundChanges, prepares), null) : (null, BadJustification);
    }

    /// <summary>C-RC-VALID: a claim carries its Q Prepares and its block.</summary>
    public (VerifiedMessage? Message, string? Reason) RoundChange(RoundChangeMessage message)
    {
        if (!_reader.TryRead(message.Vote, VoteType.RoundChange, out var vote)) return (null, BadVote);
        if (vote.PreparedRound is not { } prepared)
        {
            return message.Prepares.Count == 0 && message.Block.IsEmpty
                ? (new VerifiedMessage(vote, set.Hash, bytes), null)
                : (null, BadJustification);
        }

        if (!_reader.TryReadQuorum(message.Prepares, VoteType.Prepare, prepared, vote.PreparedDigest, out var prepares)) return (null, BadJustification);
        return TryReadBlock(message.Block, vote.PreparedDigest, out var block)
            ? (new VerifiedMessage(vote, set.Hash, bytes, block, prepares: prepares), null)
            : (null, BadBlock);
    }

    /// <summary>A certificate of our own log.</summary>
    public bool TryReadCertificate(Round round, ByteString block, IReadOnlyList<VoteMessage> prepares, Hash256 digest, [NotNullWhen(true)] out PreparedCertificate? certificate)
    {
        certificate = _reader.TryReadQuorum(prepares, VoteType.Prepare, round, digest, out var votes) && TryReadBlock(block, digest, out var body)
            ? new PreparedCertificate(round, body, votes)
            : null;
        return certificate is not null;
    }

    // Claims of lower rounds need no proof: only the highest decides. Two claims of the highest round that differ cannot both be true.
    private static bool TryFindClaim(IReadOnlyList<VerifiedVote> roundChanges, Hash256 digest, out Round? highest)
    {
        highest = null;
        foreach (var one in roundChanges)
            if (one.PreparedRound is { } round && (highest is null || round > highest))
                highest = round;
        if (highest is not { } wanted) return true;
        foreach (var one in roundChanges)
            if (one.PreparedRound == wanted && one.PreparedDigest != digest)
                return false;
        return true;
    }

    private bool TryReadBlock(ByteString encoded, Hash256 digest, [NotNullWhen(true)] out Block? block) =>
        Block.TryParse(encoded.Memory, out block)
        && block.Header.Digest == digest
        && block.Header.Height == height
        && block.Header.Fields.Chain == chain
        && block.Header.Fields.ValidatorsHash == set.Hash;
}
