using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Says what a correct validator would, but each thing to some only: whatever this seat sends reaches one validator of three.</summary>
internal sealed class SelectiveSending : IStrategy
{
    private readonly HashSet<(ulong Height, VoteType Type, uint Round)> _said = [];

    public SelectiveSending(Plot plot) => plot.IsSelective = true;

    public void OnHeight(Plot plot)
    {
        if (plot.IsProposer(0)) plot.SendAll(plot.Propose(0, plot.Block(0, BlockVariant.First)));
    }

    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        var vote = Known.VoteOf(message)!;
        var (round, block) = (vote.Round, plot.BlockFor(vote.Round, 0));
        if (block is not null && IsFirst(plot, VoteType.Prepare, round)) plot.SendAll(plot.Pen.Prepare(plot.Height, round, block));
        if (block is not null && plot.Notes.PreparesOf(round, block).Count >= plot.Set.Quorum - 1 && IsFirst(plot, VoteType.Commit, round))
            plot.SendAll(plot.Pen.Commit(plot.Height, round, block));
        if (message.RoundChange is null || !IsFirst(plot, VoteType.RoundChange, round)) return;
        plot.SendAll(plot.Pen.RoundChange(plot.Height, round, plot.Notes.Claims.LastOrDefault(claim => claim.Round < round)));
    }

    private bool IsFirst(Plot plot, VoteType type, uint round) => _said.Add((plot.Height.Value, type, round));
}
