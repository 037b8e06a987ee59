using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Proposes blocks whose roots are not those of their execution, or whose transactions are not allowed, and votes for them with all its keys.</summary>
internal sealed class WrongRoots : IStrategy
{
    private uint _last;

    public void OnHeight(Plot plot)
    {
        _last = 0;
        if (!plot.IsProposer(0)) return;
        plot.SendSide(0, plot.Propose(0, plot.Block(0, BlockVariant.Diverging)));
        plot.SendSide(1, plot.Propose(0, plot.Block(0, plot.Dice.Percent(50) ? BlockVariant.Diverging : BlockVariant.Forbidden)));
    }

    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        foreach (var (at, block) in plot.Notes.Blocks)
        {
            if (at != plot.Notes.Round || BlockVariants.IsRight(block)) continue;
            plot.SendAll(plot.Pen.Prepare(plot.Height, at, block));
            plot.SendAll(plot.Pen.Commit(plot.Height, at, block));
        }

        if (message.RoundChange is not { } change || change.Vote.Round <= _last || !plot.IsProposer(change.Vote.Round)) return;
        var round = change.Vote.Round;
        if (plot.Justification(round, hidesClaims: true) is not { } picked || !plot.TryObligation(picked, out var claim) || claim is not null) return;
        _last = round;
        plot.SendAll(plot.Propose(round, plot.Block(round, BlockVariant.Diverging), picked));
    }
}
