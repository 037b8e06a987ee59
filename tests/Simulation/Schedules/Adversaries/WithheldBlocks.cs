using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Votes without bodies: shows its block to one or a few only, votes for it to all, and votes for blocks that nobody ever sees.</summary>
internal sealed class WithheldBlocks : IStrategy
{
    public void OnHeight(Plot plot)
    {
        if (!plot.IsProposer(0)) return;
        Show(plot, plot.Propose(0, plot.Block(0, BlockVariant.First)));
        Vote(plot, 0);
    }

    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        var round = Known.VoteOf(message)!.Round;
        Vote(plot, round);
        if (plot.Dice.Percent(10)) plot.SendAll(plot.Pen.Commit(plot.Height, round, plot.Block(round, BlockVariant.Unseen)));
        if (message.RoundChange is null || !plot.IsProposer(round) || plot.Justification(round, hidesClaims: false) is not { } picked || !plot.TryObligation(picked, out var claim)) return;
        Show(plot, claim is null ? plot.Propose(round, plot.Block(round, BlockVariant.First), picked) : plot.Propose(round, claim.Block, picked, claim.Prepares));
    }

    // At most f correct validators short of a quorum, at least one.
    private static void Show(Plot plot, byte[] proposal)
    {
        var shown = 1 + plot.Dice.Below(plot.Set.Quorum - 1);
        foreach (var to in plot.Others.OrderBy(to => plot.SideOf(to)).Take(shown)) plot.Send(to, proposal);
    }

    private static void Vote(Plot plot, uint round)
    {
        if (plot.BlockFor(round, 0) is not { } block) return;
        plot.SendAll(plot.Pen.Prepare(plot.Height, round, block));
        plot.SendAll(plot.Pen.Commit(plot.Height, round, block));
    }
}
