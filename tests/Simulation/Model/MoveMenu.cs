using System.Numerics;
using LicenceChain.Consensus;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Model;

/// <summary>Which moves a local state could make with the messages of a network, each with the fewest messages that have an effect.</summary>
internal sealed class MoveMenu(Instance instance, int maxRestarts)
{
    private readonly ulong _proposals = instance.Where(one => one.Type == VoteType.Proposal);
    private readonly ulong _commits = instance.Where(one => one.Type == VoteType.Commit);
    private readonly ulong _changes = instance.Where(one => one.Type == VoteType.RoundChange);

    /// <summary>Each script, with the word that names its outcome.</summary>
    public IEnumerable<(Script Script, ulong Outcome)> Of(LocalNode node, ulong[] network)
    {
        if (node.HasDecided) return [];
        return Inner(node).Select(script => (script, script.Word))
            .Concat(Proposals(node, network)).Concat(Prepares(node, network)).Concat(Commits(node, network))
            .Concat(Jumps(node, network)).Concat(Starts(node, network)).Concat(Collections(node, network));
    }

    private IEnumerable<Script> Inner(LocalNode node)
    {
        if (!node.State.WorkIsDue) yield return Script.Of(MoveKind.Work);
        if (node.IsExecuting) yield return Script.Of(MoveKind.Execute);
        if (node.IsBuilding) yield return Script.Of(MoveKind.Build);
        if (node.IsTimerArmed && node.Round + 1 < instance.Rounds) yield return Script.Of(MoveKind.Fire);
        if (node.Restarts < maxRestarts) yield return Script.Of(MoveKind.Restart);
    }

    // A proposal of an earlier round, or a second one, changes nothing.
    private IEnumerable<(Script, ulong)> Proposals(LocalNode node, ulong[] network)
    {
        foreach (var (seat, number) in Messages(node, network, _proposals))
        {
            var round = instance.Statements[number].Round;
            if (round < node.Round || (round == node.Round && node.State.Accepted is not null)) continue;
            var script = Script.Of(MoveKind.Accept).With(seat, number);
            yield return (script, script.Word);
        }
    }

    // Prepares matter only for the accepted block of the round, and only as a quorum. The adversary always gives its own.
    private IEnumerable<(Script, ulong)> Prepares(LocalNode node, ulong[] network)
    {
        var state = node.State;
        if (state.Accepted is not { } accepted || state.Verdict != BlockVerdictKind.Valid || state.Prepared?.Round == state.Round) return [];
        var number = instance.Number(new Statement(VoteType.Prepare, node.Round, instance.BlockNumber(accepted.Vote.Digest), -1, false));
        return Quorums(node, network, MoveKind.Prepare, number);
    }

    private IEnumerable<(Script, ulong)> Commits(LocalNode node, ulong[] network)
    {
        for (var set = _commits; set != 0; set &= set - 1)
            foreach (var one in Quorums(node, network, MoveKind.Decide, BitOperations.TrailingZeroCount(set)))
                yield return one;
    }

    // The own vote, the adversary's, and one more; two more when the own was for something else or is no longer held.
    private IEnumerable<(Script, ulong)> Quorums(LocalNode node, ulong[] network, MoveKind kind, int number)
    {
        var others = instance.Correct.Where(seat => seat != node.Seat && (network[seat] >> number & 1) != 0).ToList();
        var lie = Script.Of(kind).With(instance.Byzantine, number);
        var isOwn = (node.Sent >> number & 1) != 0 && instance.Statements[number].Round + ConsensusLimits.RoundsKept > node.Round;
        if (isOwn)
        {
            foreach (var seat in others) yield return (lie.With(seat, number), lie.Word);
        }
        else if (others.Count == 2)
        {
            var script = lie.With(others[0], number).With(others[1], number);
            yield return (script, script.Word);
        }
    }

    // C-JUMP: two of the others ask for later rounds; the smaller is where it leads.
    private IEnumerable<(Script, ulong)> Jumps(LocalNode node, ulong[] network)
    {
        foreach (var (script, low, _) in Pairs(node, network, node.Round + 1))
            if (low < instance.Rounds)
                yield return (script, OutcomeOf(node, script, low) | ((ulong)low << 60));
    }

    // C-TIMER: the timer of a later round starts when Q ask for it or beyond; this node does.
    private IEnumerable<(Script, ulong)> Starts(LocalNode node, ulong[] network)
    {
        if (node.Round == 0 || node.IsTimerArmed || node.Round + 1 >= instance.Rounds) yield break;
        foreach (var (pair, low, _) in Pairs(node, network, node.Round))
        {
            if (low > node.Round) continue;
            var script = new Script((pair.Word & ~0xffUL) | (ulong)MoveKind.StartAndFire);
            yield return (script, OutcomeOf(node, script, node.Round + 1));
        }
    }

    // A proposer needs Q RoundChanges of its round, and what they claim matters.
    private IEnumerable<(Script, ulong)> Collections(LocalNode node, ulong[] network)
    {
        if (node.Round == 0 || instance.ProposerOf(node.Round) != node.Seat || node.State.Building is not null || node.State.Accepted is not null) yield break;
        foreach (var (seat, number) in Messages(node, network, _changes))
        {
            if (instance.Statements[number].Round != node.Round || node.Holds(seat, node.Round)) continue;
            var script = Script.Of(MoveKind.Collect).With(seat, number);
            yield return (script, script.Word);
        }
    }

    private IEnumerable<(Script Script, int Low, int High)> Pairs(LocalNode node, ulong[] network, int from)
    {
        var changes = Messages(node, network, _changes).Where(one => IsOffered(node, one.Seat, one.Number, from)).ToList();
        foreach (var (seat, number) in changes)
            foreach (var (otherSeat, otherNumber) in changes)
            {
                if (otherSeat <= seat) continue;
                var (round, other) = (instance.Statements[number].Round, instance.Statements[otherNumber].Round);
                yield return (Script.Of(MoveKind.Jump).With(seat, number).With(otherSeat, otherNumber), int.Min(round, other), int.Max(round, other));
            }
    }

    // To a seat that will not propose in its round, the adversary's RoundChange is the same with any claim.
    private bool IsOffered(LocalNode node, int seat, int number, int from)
    {
        var one = instance.Statements[number];
        return one.Round >= from && (seat != instance.Byzantine || one.Claim < 0 || instance.ProposerOf(one.Round) == node.Seat);
    }

    // Two moves to the same round differ only by the RoundChanges that this seat may use later as a proposer.
    private ulong OutcomeOf(LocalNode node, Script script, int round)
    {
        var live = Script.Of(script.Kind);
        for (var i = 0; i < script.Count; i++)
        {
            var (seat, number) = script.Message(i);
            var one = instance.Statements[number];
            if (one.Round >= round && instance.ProposerOf(one.Round) == node.Seat) live = live.With(seat, number);
        }

        return live.Word;
    }

    private static IEnumerable<(int Seat, int Number)> Messages(LocalNode node, ulong[] network, ulong wanted)
    {
        for (var seat = 0; seat < network.Length; seat++)
        {
            if (seat == node.Seat) continue;
            for (var set = network[seat] & wanted; set != 0; set &= set - 1) yield return (seat, BitOperations.TrailingZeroCount(set));
        }
    }
}
