using LicenceChain.Consensus;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Votes of rounds and heights far above those of anybody else (FISCO BCOS #2211, #2312), up to the ends of the ranges.</summary>
internal sealed class HugeNumbers : IStrategy
{
    private static readonly uint[] Rounds = [2, 5, 63, ConsensusLimits.MaxRound - 1, ConsensusLimits.MaxRound, ConsensusLimits.MaxRound + 1, uint.MaxValue];
    private static readonly ulong[] Heights = [1, 2, 3, 1_000, ulong.MaxValue / 2, ulong.MaxValue - 8];

    public void OnHeight(Plot plot) => Send(plot);

    public void OnMessage(Plot plot, ConsensusMessage message) => Send(plot);

    private static void Send(Plot plot)
    {
        var round = plot.Dice.Pick<uint>(Rounds);
        var height = plot.Dice.Percent(60) ? plot.Height : new Height(plot.Height.Value + plot.Dice.Pick<ulong>(Heights));
        var block = plot.Block(0, BlockVariant.Second);
        plot.SendAll(plot.Dice.Below(5) switch
        {
            0 => plot.Pen.Prepare(height, round, block),
            1 => plot.Pen.Commit(height, round, block),
            2 => plot.Pen.Proposal(height, round, block),
            _ => plot.Pen.RoundChange(height, round),
        });
    }
}
