using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Any well-formed lie at any time to anybody: votes for any block in any near round, RoundChanges with any claim, proposals of whatever can be justified.</summary>
internal sealed class RandomLies : IStrategy
{
    public void OnHeight(Plot plot)
    {
        if (!plot.IsProposer(0)) return;
        foreach (var to in plot.Others) plot.Send(to, plot.Propose(0, plot.Block(0, AnyVariant(plot))));
    }

    public void OnMessage(Plot plot, ConsensusMessage message) => Lie(plot);

    public void OnTime(Plot plot) => Lie(plot);

    private static void Lie(Plot plot)
    {
        var round = plot.Notes.Round + (uint)plot.Dice.Below(3);
        var blocks = plot.Notes.Blocks;
        foreach (var to in plot.Others)
        {
            if (plot.Dice.Percent(30)) continue;
            var at = plot.Dice.Percent(70) && blocks.Count > 0 ? plot.Dice.Pick(blocks) : (Round: round, Block: plot.Block(round, AnyVariant(plot)));
            switch (plot.Dice.Below(5))
            {
                case 0: plot.Send(to, plot.Pen.Prepare(plot.Height, at.Round, at.Block)); break;
                case 1: plot.Send(to, plot.Pen.Commit(plot.Height, at.Round, at.Block)); break;
                case 2: Propose(plot, to, round); break;
                default: if (round > 0) plot.Send(to, plot.Pen.RoundChange(plot.Height, round, AnyClaim(plot, round))); break;
            }
        }
    }

    private static void Propose(Plot plot, int to, uint round)
    {
        if (round == 0 || !plot.IsProposer(round) || plot.Justification(round, plot.Dice.Percent(50)) is not { } picked || !plot.TryObligation(picked, out var claim)) return;
        plot.Send(to, claim is null ? plot.Propose(round, plot.Block(round, AnyVariant(plot)), picked) : plot.Propose(round, claim.Block, picked, claim.Prepares));
    }

    private static Claim? AnyClaim(Plot plot, uint round)
    {
        var known = plot.Notes.Claims.Where(claim => claim.Round < round).ToList();
        return known.Count == 0 || plot.Dice.Percent(40) ? null : plot.Dice.Pick(known);
    }

    private static BlockVariant AnyVariant(Plot plot) => plot.Dice.Below(8) switch { < 3 => BlockVariant.First, < 5 => BlockVariant.Second, < 7 => BlockVariant.Third, _ => BlockVariant.Diverging };
}
