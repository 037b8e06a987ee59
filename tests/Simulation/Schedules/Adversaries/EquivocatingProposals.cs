using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Proposes two blocks to two halves, in round 0 and in every later round that it can justify; in a later round once with what was prepared and once as if nothing had been.</summary>
internal sealed class EquivocatingProposals : IStrategy
{
    private (ulong Height, uint Round)? _last;

    public void OnHeight(Plot plot)
    {
        if (!plot.IsProposer(0)) return;
        plot.SendSide(0, plot.Propose(0, plot.Block(0, BlockVariant.First)));
        plot.SendSide(1, plot.Propose(0, plot.Block(0, BlockVariant.Second)));
    }

    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        if (message.RoundChange is null) return;
        var round = message.RoundChange.Vote.Round;
        if (!plot.IsProposer(round) || _last == (plot.Height.Value, round) || plot.Justification(round, hidesClaims: true) is not { } poor) return;
        _last = (plot.Height.Value, round);
        var rich = plot.Justification(round, hidesClaims: false)!;
        Propose(plot, 0, round, poor, BlockVariant.First);
        Propose(plot, 1, round, rich, BlockVariant.Second);
    }

    private static void Propose(Plot plot, int side, uint round, IReadOnlyList<VoteMessage> justification, BlockVariant fresh)
    {
        if (!plot.TryObligation(justification, out var claim)) return;
        plot.SendSide(side, claim is null ? plot.Propose(round, plot.Block(round, fresh), justification) : plot.Propose(round, claim.Block, justification, claim.Prepares));
    }
}
