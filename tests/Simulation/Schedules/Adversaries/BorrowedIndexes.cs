using Google.Protobuf;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Votes that look right, in the name of another validator or of one that does not exist, signed with its own key.</summary>
internal sealed class BorrowedIndexes : IStrategy
{
    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        var round = Known.VoteOf(message)!.Round;
        var name = plot.Dice.Below(plot.Set.Count + 1);
        var block = plot.BlockFor(round, 1) ?? plot.Block(round, BlockVariant.Second);
        var content = plot.Dice.Below(3) switch
        {
            0 => new ConsensusMessage { Prepare = plot.Pen.Vote(VoteType.Prepare, plot.Height, round, block, inTheNameOf: name) },
            1 => new ConsensusMessage { Commit = plot.Pen.Vote(VoteType.Commit, plot.Height, round, block, inTheNameOf: name) },
            _ => new ConsensusMessage { RoundChange = new RoundChangeMessage { Vote = plot.Pen.Vote(VoteType.RoundChange, plot.Height, round + 1, inTheNameOf: name) } },
        };
        plot.SendAll(content.ToByteArray());
    }
}
