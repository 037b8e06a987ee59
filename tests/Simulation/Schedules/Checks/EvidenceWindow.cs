using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules.Checks;

/// <summary>What one host holds of one height: of each sender and type the votes of the two latest rounds, the first that came of each round.</summary>
internal sealed class EvidenceWindow
{
    private readonly Dictionary<(uint Seat, VoteType Type), List<VoteMessage>> _held = [];
    private readonly HashSet<(uint Seat, ContradictionKind Kind)> _found = [];

    public void Hold(VoteMessage vote)
    {
        if (!_held.TryGetValue((vote.Validator, vote.Type), out var held)) _held.Add((vote.Validator, vote.Type), held = []);
        if (held.Exists(one => one.Round == vote.Round)) return;
        held.Add(vote);
        if (held.Count > 2) held.Remove(held.MinBy(one => one.Round)!);
    }

    /// <summary>The contradiction that a vote brings to light, once for each signer and kind; equivocation comes first.</summary>
    public ContradictionKind? Find(VoteMessage vote)
    {
        if (Contradicts(vote, vote.Type) && _found.Add((vote.Validator, ContradictionKind.Equivocation))) return ContradictionKind.Equivocation;
        var other = vote.Type switch
        {
            VoteType.Commit => VoteType.RoundChange,
            VoteType.RoundChange => VoteType.Commit,
            _ => VoteType.Unspecified,
        };
        return Contradicts(vote, other) && _found.Add((vote.Validator, ContradictionKind.Amnesia)) ? ContradictionKind.Amnesia : null;
    }

    private bool Contradicts(VoteMessage vote, VoteType type) =>
        _held.TryGetValue((vote.Validator, type), out var held) && held.Exists(one => Contradictions.Between(one, vote) is not null);
}
