using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Rules;

/// <summary>What is known of the height being decided. A new one is made for each height.</summary>
internal sealed class HeightState(BlockHeader head, ValidatorSet set, VoteLedger votes)
{
    public BlockHeader Head => head;

    public ValidatorSet Set => set;

    public Height Height { get; } = head.Height.Next;

    /// <summary>Every verified message held, own ones too.</summary>
    public VoteLedger Votes => votes;

    public AheadTracker Ahead { get; } = new(set.Count, set.FaultBound);

    /// <summary>r: never decreases.</summary>
    public Round Round { get; private set; }

    /// <summary>The proposal accepted in this round, or null.</summary>
    public VerifiedMessage? Accepted { get; private set; }

    /// <summary>What executing the accepted block came to, or null while it is executed.</summary>
    public BlockVerdictKind? Verdict { get; set; }

    /// <summary>prepared = (r, B, certificate), or null.</summary>
    public PreparedCertificate? Prepared { get; set; }

    /// <summary>True once the accepted proposal was answered with a Prepare.</summary>
    public bool Answered { get; set; }

    /// <summary>The RoundChanges that justify the block being built for this round; empty in round 0; null when none is being built.</summary>
    public IReadOnlyList<VerifiedMessage>? Building { get; set; }

    /// <summary>The last block of our own, which needs no second execution.</summary>
    public Hash256? Built { get; set; }

    /// <summary>A block whose roots are not ours.</summary>
    public Hash256? Diverged { get; set; }

    /// <summary>A transaction is held, or a heartbeat is due (C-TIMER).</summary>
    public bool WorkIsDue { get; set; }

    /// <summary>Q Commits stand, but for a block that is not held.</summary>
    public bool LacksBody { get; set; }

    /// <summary>Q Commits stand and the node is applying the block.</summary>
    public bool IsDecided { get; set; }

    /// <summary>r = <paramref name="round"/>, accepted = none.</summary>
    public void Enter(Round round)
    {
        if (round < Round) throw new InvalidOperationException("A round never decreases.");
        Round = round;
        Accepted = null;
        Verdict = null;
        Answered = false;
        Building = null;
    }

    /// <summary>Accepts a proposal of this round; the verdict is known when the block is our own or was prepared, hence executed, before.</summary>
    public void Accept(VerifiedMessage proposal)
    {
        var digest = proposal.Vote.Digest;
        Accepted = proposal;
        Verdict = digest == Built || digest == Prepared?.Digest ? BlockVerdictKind.Valid : digest == Diverged ? BlockVerdictKind.Diverged : null;
    }

    /// <summary>The block of a digest, wherever it came from; null when it is not held.</summary>
    public Block? FindBody(Hash256 digest)
    {
        if (Accepted?.Vote.Digest == digest) return Accepted.Block;
        if (Prepared?.Digest == digest) return Prepared.Block;
        foreach (var one in votes.All(VoteType.Proposal).Concat(votes.All(VoteType.RoundChange)))
            if (one.Block?.Header.Digest == digest)
                return one.Block;
        return null;
    }
}
