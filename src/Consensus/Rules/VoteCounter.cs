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
        prepares = votes.CountOf(VoteType.Prepare) < quorum ? null : Matching(votes.All(VoteType.Prepare), round, digest, quorum);
        return prepares is not null;
    }

    /// <summary>Q Commits for one digest in any one round; Commits of different rounds are not added up.</summary>
    public static bool TryFindCommits(VoteLedger votes, int quorum, [NotNullWhen(true)] out IReadOnlyList<VerifiedVote>? commits)
    {
        commits = null;
        if (votes.CountOf(VoteType.Commit) < quorum) return false;
        var all = votes.All(VoteType.Commit);

        // The quorum's first member has at least quorum - 1 others after it.
        for (var i = 0; i + quorum <= all.Count && commits is null; i++)
            commits = Matching(all, all[i].Round, all[i].Vote.Digest, quorum);
        return commits is not null;
    }

    private static List<VerifiedVote>? Matching(IReadOnlyList<VerifiedMessage> messages, Round round, Hash256 digest, int quorum)
    {
        var found = new List<VerifiedVote>(quorum);
        foreach (var one in messages)
        {
            if (one.Round != round || one.Vote.Digest != digest) continue;
            found.Add(one.Vote);
            if (found.Count == quorum) return found;
        }

        return null;
    }
}
