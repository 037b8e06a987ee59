using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Model;

/// <summary>
/// What a message says, less what no receiver acts on: which Q Prepares prove a claim and which Q RoundChanges justify a proposal are quoted in evidence and
/// certificates, but every rule reads only that they are there (they were verified before). Two messages of one sender that say the same are one message here,
/// so evidence is outside this model.
/// </summary>
/// <param name="Type">Of the vote.</param>
/// <param name="Round">Of the vote.</param>
/// <param name="Block">Index of the block voted for or claimed as prepared; -1 for none.</param>
/// <param name="Claim">A RoundChange's prepared round; -1 for none.</param>
/// <param name="IsProven">A Proposal that shows Q Prepares of its block: C-FRESH is not asked of it.</param>
internal readonly record struct Statement(VoteType Type, int Round, int Block, int Claim, bool IsProven)
{
    /// <summary>True for two votes that no correct validator makes both (C-EVIDENCE).</summary>
    public bool Contradicts(Statement other) =>
        (Type == other.Type && Round == other.Round && this != other) || Forgets(this, other) || Forgets(other, this);

    private static bool Forgets(Statement commit, Statement change) =>
        commit.Type == VoteType.Commit && change.Type == VoteType.RoundChange && change.Round > commit.Round && change.Claim < commit.Round;
}
