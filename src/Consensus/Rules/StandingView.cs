using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Rules;

/// <summary>C-ALARM: reads off the state of a height what it waits for. Changes nothing.</summary>
internal static class StandingView
{
    public static ConsensusStanding Of(HeightState state)
    {
        if (state.IsDecided) return For(StandingWait.Storing);
        if (state.LacksBody) return For(StandingWait.Block);
        if (state.Accepted is { } accepted) return OfAccepted(state, accepted);
        if (state.Round.Value > 0 && RoundChangeRules.CountFrom(state.Votes, state.Set, state.Round) < state.Set.Quorum)
            return Votes(state, StandingWait.RoundChanges, seat => state.Votes.Latest(seat, VoteType.RoundChange)?.Round >= state.Round);
        if (state.Round.Value == 0 && !state.WorkIsDue && state.Votes.IsEmpty) return For(StandingWait.Work);
        return new ConsensusStanding(StandingWait.Proposal, 0, 1, [state.Set.ProposerIndex(state.Height, state.Round)]);
    }

    private static ConsensusStanding OfAccepted(HeightState state, VerifiedMessage accepted)
    {
        if (state.Verdict is null) return For(StandingWait.Execution);
        if (state.Verdict != BlockVerdictKind.Valid) return For(StandingWait.NextRound);
        var digest = accepted.Vote.Digest;
        return state.Prepared?.Round == state.Round
            ? Votes(state, StandingWait.Commits, seat => IsFor(state.Votes.Find(seat, VoteType.Commit, state.Round), digest))
            : Votes(state, StandingWait.Prepares, seat => IsFor(state.Votes.Find(seat, VoteType.Prepare, state.Round), digest));
    }

    private static bool IsFor(VerifiedMessage? vote, Hash256 digest) => vote?.Vote.Digest == digest;

    private static ConsensusStanding For(StandingWait wait) => new(wait, 0, 0, []);

    private static ConsensusStanding Votes(HeightState state, StandingWait wait, Func<int, bool> isThere)
    {
        var missing = new List<int>(state.Set.Count);
        for (var seat = 0; seat < state.Set.Count; seat++)
            if (!isThere(seat))
                missing.Add(seat);
        return new ConsensusStanding(wait, state.Set.Count - missing.Count, state.Set.Quorum, missing);
    }
}
