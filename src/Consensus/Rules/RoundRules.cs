using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Rules;

/// <summary>
/// The rules that act on what is held, whatever came in last: each looks, does at most one thing and says whether it did. They are tried in order until
/// none applies, so messages may come in any order and more than once.
/// </summary>
internal sealed class RoundRules(ConsensusOptions options, HeightState state, Voter voter, Timers timers, Alarms alarms, OutputList outputs)
{
    private int _lonelyResends;

    /// <summary>True when a decided block is not the one that executing gives here: the node must stop.</summary>
    public bool MustHalt { get; private set; }

    public void Settle(UnixTime now)
    {
        for (var step = 0; step < ConsensusLimits.MaxSteps; step++)
        {
            if (state.IsDecided || TryDecide()) return;
            if (!(TryJump() || TryAccept(now) || TryPrepare() || TryCommit() || TryPropose()))
            {
                EnsureTimers();
                return;
            }
        }

        throw new InvalidOperationException("The rules of a height do not come to rest.");
    }

    /// <summary>ON T(r): r+1; accepted = none; send RoundChange with block and certificate.</summary>
    public void OnRoundTimeout()
    {
        if (state.Round.Value < ConsensusLimits.MaxRound) EnterRound(state.Round.Next);
        else alarms.Raise(AlarmReason.RoundLimit, $"Height {state.Height} has used up its rounds.");
    }

    /// <summary>A resend interval went by: a quorum that is still missing in a later round after several of them is an alarm (C-ALARM).</summary>
    public void OnResend()
    {
        if (!voter.CanVote || state.Round.Value == 0) return;
        var present = RoundChangeRules.CountFrom(state.Votes, state.Set, state.Round);
        if (present >= state.Set.Quorum || state.Accepted is not null) _lonelyResends = 0;
        else if (++_lonelyResends >= ConsensusLimits.LonelyResends)
            alarms.Raise(AlarmReason.PeersMissing, $"At height {state.Height} round {state.Round}, {present} of {state.Set.Count} validators are there; {state.Set.Quorum} are needed.");
    }

    /// <summary>An own block was built: propose it, if the round it was built for still lasts (PROPOSE).</summary>
    public void OnBuilt(Block block, UnixTime now)
    {
        if (state.Building is not { } justification || !voter.CanVote) return;
        if (block.Header.Fields.ValidatorsHash != state.Set.Hash || !ProposalRules.Extends(block, state.Head))
            throw new InvalidOperationException("The block that was built here does not stand on the head.");
        if (!ProposalRules.IsFresh(block.Header, state.Head, state.Set, state.Round, now, options.DriftMs))
        {
            alarms.Raise(AlarmReason.ClockSkew, $"The block built for height {state.Height} is not fresh: head {state.Head.Time}, block {block.Header.Time}, clock {now}.");
            return;
        }

        state.Built = block.Header.Digest;
        voter.Propose(block, [.. justification.Select(m => m.Vote)], []);
    }

    // ON Q Commits(h, any one r', digest), body known: store block+certificate atomically (C-CERT).
    private bool TryDecide()
    {
        if (!VoteCounter.TryFindCommits(state.Votes, state.Set.Quorum, out var commits)) return false;
        var digest = commits[0].Digest;
        if (state.FindBody(digest) is not { } block)
        {
            // Q committed, so at least one correct validator holds the block and will hold its certificate.
            if (!state.LacksBody) outputs.Add(new RequestSync(state.Height));
            state.LacksBody = true;
            return false;
        }

        if (state.Diverged == digest)
        {
            alarms.Raise(AlarmReason.Diverged, $"Block {digest} of height {state.Height} is decided, yet executing it here gives other roots: stopped.");
            MustHalt = true;
            return true;
        }

        var signatures = commits.Select(v => new CommitSignatureMessage { Validator = v.Message.Validator, Signature = v.Message.Signature });
        outputs.Add(new Decide(block, CommitCertificate.Of(state.Height, commits[0].Round, digest, signatures)));
        state.IsDecided = true;
        timers.EndHeight();
        return true;
    }

    // C-JUMP.
    private bool TryJump()
    {
        if (RoundChangeRules.JumpTarget(state.Votes, state.Set, state.Round) is not { } target) return false;
        EnterRound(target);
        return true;
    }

    // ON Proposal(h,r',B), r' ≥ r, none accepted in r', justified. The verifier checked C-PROPOSER and the proofs of C-JUSTIFIED; C-FRESH is checked here.
    private bool TryAccept(UnixTime now)
    {
        VerifiedMessage? best = null;
        foreach (var one in state.Votes.All(VoteType.Proposal))
        {
            var isOpen = one.Round > state.Round || (one.Round == state.Round && state.Accepted is null);
            if (!isOpen || one.Round <= best?.Round) continue;
            if (ProposalRules.IsAcceptable(one, state.Head, state.Set, now, options.DriftMs)) best = one;
            else if (ProposalRules.IsOffClock(one, state.Head, now, options.DriftMs + options.TimeoutOf(one.Round))) AlarmOffClock(one, now);
        }

        if (best is null) return false;
        if (best.Round > state.Round) Enter(best.Round);
        state.Accept(best);
        if (state.Verdict is null) outputs.Add(new ExecuteBlock(best.Block!));
        return true;
    }

    // C-ALARM: whichever of the two clocks is wrong, this node's vote is missing for it. One that was merely sent again for as long as its round lasts is no sign.
    private void AlarmOffClock(VerifiedMessage proposal, UnixTime now) => alarms.Raise(
        AlarmReason.ClockSkew,
        $"Validator {proposal.Validator} proposes height {state.Height} with the time {proposal.Block!.Header.Time} ms; the clock here says {now} ms, and {options.DriftMs} ms are allowed.");

    // Executed with the same roots: send Prepare(h,r,digest).
    private bool TryPrepare()
    {
        if (state.Accepted is not { } accepted || state.Verdict != BlockVerdictKind.Valid || state.Answered) return false;
        state.Answered = true;
        voter.Prepare(accepted.Vote.Digest);
        return true;
    }

    // ON Q Prepares(h,r) for the accepted B: prepared = (r,B,certificate); send Commit.
    private bool TryCommit()
    {
        if (state.Accepted is not { } accepted || state.Verdict != BlockVerdictKind.Valid || state.Prepared?.Round == state.Round) return false;
        if (!VoteCounter.TryFindPrepares(state.Votes, state.Round, accepted.Vote.Digest, state.Set.Quorum, out var prepares)) return false;
        state.Prepared = new PreparedCertificate(state.Round, accepted.Block!, prepares);
        voter.Commit(state.Prepared);
        return true;
    }

    // PROPOSE r=0, and ON Q RoundChanges for r' ≥ r, and I am proposer(h,r'). Q RoundChanges above r make C-JUMP raise r to r' first.
    private bool TryPropose()
    {
        if (!voter.CanVote || state.Building is not null || state.Set.ProposerIndex(state.Height, state.Round) != voter.Seat || voter.HasProposed(state.Round)) return false;
        IReadOnlyList<VerifiedMessage> justification = [];
        if (state.Round.Value == 0)
        {
            if (!state.WorkIsDue) return false;
        }
        else if (RoundChangeRules.Quorum(state.Votes, state.Set, state.Round) is { } quorum)
        {
            justification = quorum;
        }
        else
        {
            return false;
        }

        state.Building = justification;
        if (RoundChangeRules.BestPrepared(justification) is { } best)
            voter.Propose(best.Block, [.. justification.Select(m => m.Vote)], best.Prepares);
        else
            outputs.Add(new BuildBlock(state.Height, state.Round));
        return true;
    }

    private void EnterRound(Round round)
    {
        Enter(round);
        voter.RoundChange();
    }

    private void Enter(Round round)
    {
        timers.CancelRound();
        state.Enter(round);
    }

    // C-TIMER. T(0) runs only for work, an accepted proposal or votes of an earlier life. A later round runs once a proposal is accepted in it or a
    // quorum asks for it or beyond: counted alone, and capped, the rounds of validators that were parted would stay apart for ever. As long as the
    // quorum is missing, RoundChanges are sent again instead. Who does not vote needs no rounds.
    private void EnsureTimers()
    {
        var hasBegun = state.Accepted is not null || voter.HasAnswered(state.Round) || (state.Round.Value == 0
            ? state.WorkIsDue || voter.HasVoted
            : RoundChangeRules.CountFrom(state.Votes, state.Set, state.Round) >= state.Set.Quorum);
        if (voter.CanVote && hasBegun) timers.EnsureRound(state.Height, state.Round);
        if (voter.HasVoted || state.LacksBody || state.Ahead.Trusted > state.Height) timers.EnsureResend(state.Height);
    }
}
