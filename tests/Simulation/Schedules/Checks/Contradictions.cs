using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules.Checks;

/// <summary>C-EVIDENCE, written down a second time: what no correct validator signs both of.</summary>
internal static class Contradictions
{
    /// <summary>The kind of contradiction between two votes of one signer, or null.</summary>
    public static ContradictionKind? Between(VoteMessage one, VoteMessage other)
    {
        if (one.Height != other.Height || one.Validator != other.Validator) return null;
        if (one.Type == other.Type) return one.Round == other.Round && !SayTheSame(one, other) ? ContradictionKind.Equivocation : null;
        var isForgotten = (one.Type, other.Type) switch
        {
            (VoteType.Commit, VoteType.RoundChange) => Forgets(one, other),
            (VoteType.RoundChange, VoteType.Commit) => Forgets(other, one),
            _ => false,
        };
        return isForgotten ? ContradictionKind.Amnesia : null;
    }

    public static bool SayTheSame(VoteMessage one, VoteMessage other) =>
        one.Digest.Equals(other.Digest) && one.PreparedRoundPlusOne == other.PreparedRoundPlusOne && one.PreparedDigest.Equals(other.PreparedDigest);

    private static bool Forgets(VoteMessage commit, VoteMessage change) => change.Round > commit.Round && change.PreparedRoundPlusOne < commit.Round + 1;
}
