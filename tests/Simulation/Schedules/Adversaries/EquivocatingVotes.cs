using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Prepares and commits, in each round, one block to one half and another to the other.</summary>
internal sealed class EquivocatingVotes : IStrategy
{
    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        if (message.RoundChange is not null) return;
        var vote = Known.VoteOf(message)!;
        for (var side = 0; side < 2; side++)
        {
            if (plot.BlockFor(vote.Round, side) is not { } block) continue;
            plot.SendSide(side, plot.Pen.Prepare(plot.Height, vote.Round, block));
            if (message.Proposal is null) plot.SendSide(side, plot.Pen.Commit(plot.Height, vote.Round, block));
        }
    }
}
