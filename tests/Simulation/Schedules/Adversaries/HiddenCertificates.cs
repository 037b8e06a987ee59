using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>
/// Hides what was prepared, or shows what was prepared first instead of last: in its own RoundChanges, another story to each side, and as a proposer in the RoundChanges it picks.
/// </summary>
internal sealed class HiddenCertificates : IStrategy
{
    private readonly HashSet<(ulong Height, uint Round)> _proposed = [];

    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        if (message.RoundChange is not { } change)
        {
            if (message.Proposal is null) return;
            Vote(plot, message.Proposal.Vote.Round);
            return;
        }

        var round = change.Vote.Round;
        var stale = plot.Notes.Claims.FirstOrDefault(claim => claim.Round < round);
        plot.SendSide(0, plot.Pen.RoundChange(plot.Height, round));
        plot.SendSide(1, plot.Pen.RoundChange(plot.Height, round, stale));
        if (!plot.IsProposer(round) || _proposed.Contains((plot.Height.Value, round)) || plot.Justification(round, hidesClaims: true) is not { } picked) return;
        if (!plot.TryObligation(picked, out var claim)) return;
        _proposed.Add((plot.Height.Value, round));
        plot.SendAll(claim is null ? plot.Propose(round, plot.Block(round, BlockVariant.Third), picked) : plot.Propose(round, claim.Block, picked, claim.Prepares));
    }

    // Help it to be prepared, so that there is something to hide.
    private static void Vote(Plot plot, uint round)
    {
        if (plot.BlockFor(round, 0) is not { } block) return;
        plot.SendAll(plot.Pen.Prepare(plot.Height, round, block));
        plot.SendSide(plot.Dice.Below(2), plot.Pen.Commit(plot.Height, round, block));
    }
}
