using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Keeps back whatever this seat sends and releases it rounds later; with it, Commits and certificates of rounds that everybody has left.</summary>
internal sealed class DelayedReveal : IStrategy
{
    private const int LongestMs = 900;

    public DelayedReveal(Plot plot) => plot.MaxDelayMs = LongestMs;

    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        if (message.Proposal is { } proposal && plot.BlockFor(proposal.Vote.Round, plot.Dice.Below(2)) is { } block)
        {
            plot.SendAll(plot.Pen.Prepare(plot.Height, proposal.Vote.Round, block));
            plot.SendAll(plot.Pen.Commit(plot.Height, proposal.Vote.Round, block));
        }

        if (message.RoundChange is { } change && plot.Notes.Claims.FirstOrDefault(claim => claim.Round < change.Vote.Round) is { } old)
            plot.SendAll(plot.Pen.RoundChange(plot.Height, change.Vote.Round, old));
    }
}
