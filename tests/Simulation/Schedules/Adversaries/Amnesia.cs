using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Forgets at once what it prepared, committed to and logged: it votes for each proposal, whatever it voted for before, and changes rounds as if it had prepared nothing.</summary>
internal sealed class Amnesia : IStrategy
{
    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        var round = Known.VoteOf(message)!.Round;
        switch (message.ContentCase)
        {
            case ConsensusMessage.ContentOneofCase.Proposal:
                foreach (var (at, block) in plot.Notes.Blocks)
                {
                    if (at != round) continue;
                    plot.SendAll(plot.Pen.Prepare(plot.Height, round, block));
                    plot.SendAll(plot.Pen.Commit(plot.Height, round, block));
                }

                break;
            case ConsensusMessage.ContentOneofCase.Commit:
                plot.SendAll(plot.Pen.RoundChange(plot.Height, round + 1));
                break;
            case ConsensusMessage.ContentOneofCase.RoundChange:
                plot.SendAll(plot.Pen.RoundChange(plot.Height, round));
                break;
            default:
                break;
        }
    }
}
