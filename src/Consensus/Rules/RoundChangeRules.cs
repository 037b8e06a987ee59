using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Rules;

/// <summary>What the RoundChanges held allow.</summary>
internal static class RoundChangeRules
{
    /// <summary>
    /// C-JUMP: when at least f+1 validators ask for rounds above <paramref name="current"/>, the smallest of those rounds; else null. At least one of
    /// them is correct and its round is not below the smallest, so no number of liars drags anybody further than a correct validator went.
    /// </summary>
    public static Round? JumpTarget(VoteLedger votes, ValidatorSet set, Round current)
    {
        Round? smallest = null;
        var ahead = 0;
        for (var i = 0; i < set.Count; i++)
        {
            if (votes.Latest(i, VoteType.RoundChange) is not { } latest || latest.Round <= current) continue;
            ahead++;
            if (smallest is null || latest.Round < smallest) smallest = latest.Round;
        }

        return ahead > set.FaultBound ? smallest : null;
    }

    /// <summary>How many validators ask for <paramref name="round"/> or a later one.</summary>
    public static int CountFrom(VoteLedger votes, ValidatorSet set, Round round)
    {
        var count = 0;
        for (var i = 0; i < set.Count; i++)
            if (votes.Latest(i, VoteType.RoundChange)?.Round >= round)
                count++;
        return count;
    }

    /// <summary>C-JUSTIFIED: Q RoundChanges of <paramref name="round"/>, by ascending validator index; null when there are fewer.</summary>
    public static IReadOnlyList<VerifiedMessage>? Quorum(VoteLedger votes, ValidatorSet set, Round round)
    {
        var found = new List<VerifiedMessage>(set.Quorum);
        for (var i = 0; i < set.Count && found.Count < set.Quorum; i++)
            if (votes.Find(i, VoteType.RoundChange, round) is { } one)
                found.Add(one);
        return found.Count == set.Quorum ? found : null;
    }

    /// <summary>The proven claim of the highest round among <paramref name="roundChanges"/>; null when none prepared.</summary>
    public static PreparedCertificate? BestPrepared(IReadOnlyList<VerifiedMessage> roundChanges)
    {
        PreparedCertificate? best = null;
        foreach (var one in roundChanges)
            if (one.Vote.PreparedRound is { } round && (best is null || round > best.Round))
                best = new PreparedCertificate(round, one.Block!, one.Prepares);
        return best;
    }
}
