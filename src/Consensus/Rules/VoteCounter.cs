using System.Diagnostics.CodeAnalysis;
using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Rules;

/// <summary>C-QUORUM: finds Q votes for the same thing. Returned quorums have exactly Q votes, by ascending validator index.</summary>
internal static class VoteCounter
{
    /// <summary>Q Prepares of a round for a digest.</summary>
    public static bool TryFindPrepares(VoteLedger votes, Round round, Hash256 digest, int quorum, [NotNullWhen(true)] out IReadOnlyList<VerifiedVote>? prepares)
    {
        prepares = Matching(votes, VoteType.Prepare, round, digest, quorum);
        return prepares is not null;
    }

    /// <summary>Q Commits for one digest in any one round; Commits of different rounds are not added up.</summary>
    public static bool TryFindCommits(VoteLedger votes, int quorum, [NotNullWhen(true)] out IReadOnlyList<VerifiedVote>? commits)
    {
        commits = null;
        foreach (var one in votes.All(VoteType.Commit))
        {
            commits = Matching(votes, VoteType.Commit, one.Round, one.Vote.Digest, quorum);
            if (commits is not null) return true;
        }

        return false;
    }

    private static List<VerifiedVote>? Matching(VoteLedger votes, VoteType type, Round round, Hash256 digest, int quorum)
    {
        var found = new List<VerifiedVote>(quorum);
        foreach (var one in votes.All(type))
        {
            if (one.Round != round || one.Vote.Digest != digest) continue;
            found.Add(one.Vote);
            if (found.Count == quorum) return found;
        }

        return null;
    }
}
