using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Votes for every proposal it hears of, Prepare and Commit at once, and joins every round change without a claim: it helps whatever lie the others tell to a quorum.</summary>
internal sealed class Accomplice : IStrategy
{
    public const string StrategyName = "accomplice";

    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        if (message.Proposal is { } proposal && plot.BlockFor(proposal.Vote.Round, 0) is { } block)
        {
            plot.SendAll(plot.Pen.Prepare(plot.Height, proposal.Vote.Round, block));
            plot.SendAll(plot.Pen.Commit(plot.Height, proposal.Vote.Round, block));
        }

        if (message.RoundChange is { } change) plot.SendAll(plot.Pen.RoundChange(plot.Height, change.Vote.Round));
    }
}
